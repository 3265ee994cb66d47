// Where the cells lie in memory. Read from signal handlers, so it only ever grows and has no lock.
#include "Internal.h"
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <string.h>

typedef struct {
    uint32_t image;
    uintptr_t base, code_low, code_high;
} Image;

enum { MaxImages = 65536 };
static Image images[MaxImages];
static atomic_int image_count;

void ch_add_image(uint32_t image, void *handle) {
    struct link_map *map;
    int index = atomic_load(&image_count);
    if (index == MaxImages || dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0) return;
    uintptr_t base = map->l_addr;
    const ElfW(Ehdr) *header = (const void *)base;
    const ElfW(Phdr) *segments = (const void *)(base + header->e_phoff);
    for (int i = 0; i < header->e_phnum; i++)
        if (segments[i].p_type == PT_LOAD && (segments[i].p_flags & PF_X)) {
            uintptr_t low = base + segments[i].p_vaddr;
            images[index] = (Image){image, base, low, low + segments[i].p_memsz};
            atomic_store(&image_count, index + 1);
            return;
        }
}

static const Image *find(uintptr_t address) {
    for (int i = atomic_load(&image_count) - 1; i >= 0; i--)
        if (address >= images[i].code_low && address < images[i].code_high) return &images[i];
    return NULL;
}

static struct { uintptr_t low, high; } algorithms[4];
static int algorithm_count;

static int note_algorithms(struct dl_phdr_info *info, size_t size, void *unused) {
    static const char *const names[] = {"libswiftCore.so", "libswift_StringProcessing.so", "libswift_RegexParser.so"};
    const char *slash = strrchr(info->dlpi_name, '/');
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        if (!slash || strcmp(slash + 1, names[n]) != 0) continue;
        for (int i = 0; i < info->dlpi_phnum; i++) {
            const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
            if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
            algorithms[algorithm_count].low = info->dlpi_addr + segment->p_vaddr;
            algorithms[algorithm_count++].high = info->dlpi_addr + segment->p_vaddr + segment->p_memsz;
            break;
        }
    }
    return 0;
}

void find_algorithms(void) { dl_iterate_phdr(note_algorithms, NULL); }

bool is_in_algorithms(uintptr_t address) {
    for (int i = 0; i < algorithm_count; i++)
        if (address >= algorithms[i].low && address < algorithms[i].high) return true;
    return false;
}

bool is_in_image(uintptr_t address) { return find(address) != NULL; }

bool ch_find_image(uintptr_t address, uint32_t *image, uint64_t *offset) {
    const Image *found = find(address);
    if (!found) return false;
    *image = found->image;
    *offset = address - found->base;
    return true;
}

// Where the cells lie in memory. Read from signal handlers, so it only ever grows and has no lock.
#include "Internal.h"
#include <dlfcn.h>
#include <elf.h>
#include <link.h>

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

bool is_in_image(uintptr_t address) { return find(address) != NULL; }

bool ch_find_image(uintptr_t address, uint32_t *image, uint64_t *offset) {
    const Image *found = find(address);
    if (!found) return false;
    *image = found->image;
    *offset = address - found->base;
    return true;
}

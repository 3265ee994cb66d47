// Conformances of cells. Swift's runtime finds a conformance in the tables of all images, of which
// the oldest comes first and none ever goes: a cell that states a conformance anew would be right
// where the compiler knows the type and wrong where the runtime looks it up. So the tables' older
// entries for the same type and protocol are made to lead to the newest.
#include "Internal.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SWIFT_CALL __attribute__((swiftcall))

typedef struct { uintptr_t start, length; } Range;

// What an image tells the runtime of itself: `swift::MetadataSections`, of which this is the beginning.
typedef struct {
    uintptr_t version;
    const void *base;
    const void *unused[2];
    Range protocols, conformances;
    Range others[32];
} Sections;

// An entry of the table holds the distance from itself to a descriptor.
typedef struct {
    int32_t *entry;
    const int32_t *descriptor;
    const void *protocol, *type;
} Conformance;

typedef struct Table {
    struct Table *next;
    uint32_t image;
    Sections sections;
    size_t count;
    Conformance conformances[];
} Table;

enum { TypeKindShift = 3, TypeKindMask = 7, TypeDirect = 0, TypeIndirect = 1, TypeReference = 1, Flags = 3 };

static Table *tables;
// The cell being loaded; 0: none. Cells are loaded by one thread, images register themselves on it.
static _Thread_local uint32_t loading;

static const void *distant(const int32_t *place, bool is_indirect) {
    const void *target = (const char *)place + (*place & ~(int32_t)1);
    return is_indirect ? *(const void *const *)target : target;
}

static Conformance read_entry(int32_t *entry) {
    const int32_t *descriptor = (const int32_t *)((char *)entry + *entry);
    Conformance found = {entry, descriptor, distant(descriptor, *descriptor & 1), NULL};
    int kind = descriptor[Flags] >> TypeKindShift & TypeKindMask;
    if (kind == TypeDirect || kind == TypeIndirect)
        found.type = distant(descriptor + TypeReference, kind == TypeIndirect);
    return found;
}

static void lead(int32_t *entry, const int32_t *descriptor) {
    intptr_t distance = (const char *)descriptor - (const char *)entry;
    if (*entry == distance || distance != (int32_t)distance) return;
    void *page = (void *)((uintptr_t)entry & ~(uintptr_t)4095);
    if (mprotect(page, 4096, PROT_READ | PROT_WRITE) != 0) return;
    *entry = (int32_t)distance;
    mprotect(page, 4096, PROT_READ);
}

// Makes every entry for what a table's image states lead to that image's statement.
static bool prefer(const Table *newest) {
    bool found = false;
    for (size_t i = 0; i < newest->count; i++) {
        const Conformance *wanted = &newest->conformances[i];
        if (!wanted->type) continue;
        for (const Table *table = tables; table; table = table->next)
            for (size_t k = 0; k < table->count; k++) {
                const Conformance *other = &table->conformances[k];
                if (other->type != wanted->type || other->protocol != wanted->protocol) continue;
                lead(other->entry, wanted->descriptor);
                found |= table != newest;
            }
    }
    return found;
}

static void add_image(const Sections *sections) {
    static SWIFT_CALL void (*real)(const Sections *);
    if (!real) real = (SWIFT_CALL void (*)(const Sections *))real_function("swift_addNewDSOImage");
    real(sections);
}

// Every image calls this when it is loaded. The runtime forgets what it looked up before.
__attribute__((visibility("default")))
SWIFT_CALL void swift_addNewDSOImage(const Sections *sections) {
    Range range = sections->conformances;
    size_t count = range.length / sizeof(int32_t);
    Table *table = loading && count ? malloc(sizeof(Table) + count * sizeof(Conformance)) : NULL;
    if (table) {
        *table = (Table){tables, loading, {.version = sections->version, .base = sections->base}, count};
        table->sections.conformances = range;
        for (size_t i = 0; i < count; i++)
            table->conformances[i] = read_entry((int32_t *)range.start + i);
        tables = table;
        prefer(table);
    }
    add_image(sections);
}

void ch_begin_loading(uint32_t image) { loading = image; }

void ch_prefer_conformances(uint32_t image) {
    for (const Table *table = tables; table; table = table->next)
        // Shown the image once more, the runtime forgets what it looked up.
        if (table->image == image && prefer(table)) add_image(&table->sections);
}

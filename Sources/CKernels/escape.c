#include "CKernels.h"
#include <setjmp.h>
#include <stdlib.h>

typedef struct frame {
    jmp_buf place;
    void *report;
    struct frame *outer;
} frame;

static _Thread_local frame *innermost;

bool ck_run_escapable(void (*body)(void *), void *context, void *report) {
    frame here = {.report = report, .outer = innermost};
    innermost = &here;
    const bool returned = setjmp(here.place) == 0;
    if (returned) body(context);
    innermost = here.outer;
    return returned;
}

void *ck_escape_report(void) { return innermost ? innermost->report : NULL; }

void ck_escape(void) {
    if (!innermost) abort();
    longjmp(innermost->place, 1);
}

/// Leaving a call from anywhere inside it, on threads that end afterwards.
#pragma once
#include <stdbool.h>

/// Runs body(context). True if it returned, false if `ck_escape` left it. What the frames in between
/// held is lost, so a thread that was left this way should do nothing more than end.
///
/// `report` is what `ck_escape_report` gives meanwhile.
bool ck_run_escapable(void (*_Nonnull body)(void *_Nonnull), void *_Nonnull context, void *_Nonnull report);
/// The report of the innermost `ck_run_escapable` on this thread; null outside of any.
void *_Nullable ck_escape_report(void);
/// Leaves the innermost `ck_run_escapable` of this thread.
_Noreturn void ck_escape(void);

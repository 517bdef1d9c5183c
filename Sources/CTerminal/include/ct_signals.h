// Signals about the terminal as bytes in a pipe.
#pragma once

#include <stdbool.h>

/// From now on writes the number of each SIGWINCH, SIGCONT and SIGTSTP as a byte to the descriptor, which should not block.
/// There is one watcher in the process: the latest.
void ct_signals_watch(int descriptor);
/// Puts back what was done at the signals before, if the descriptor is still the watcher's.
void ct_signals_unwatch(int descriptor);

/// Stops the foreground job as the terminal itself does at Ctrl-Z; returns when it goes on. A handler for SIGTSTP is put
/// aside meanwhile.
void ct_suspend_job(void);

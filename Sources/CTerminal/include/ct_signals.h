// Signals about the terminal as bytes in a pipe.
#pragma once

#include <stdbool.h>

/// Writes the number of each SIGWINCH, SIGCONT and SIGTSTP as a byte to the descriptor, which should not
/// block. The process has one watcher: the latest.
void ct_signals_watch(int descriptor);
/// Restores the former handling of the signals, if the descriptor is still the watcher's.
void ct_signals_unwatch(int descriptor);

/// Stops the foreground job as the terminal itself does at Ctrl-Z; returns when it goes on. A handler for SIGTSTP is put
/// aside meanwhile.
void ct_suspend_job(void);

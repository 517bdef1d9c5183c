#pragma once

#include <pthread.h>

/// Callers of ncurses hold this lock, and so does every look-up of a terminal: they share the process's only
/// terminfo state.
extern pthread_mutex_t terminfo_lock;

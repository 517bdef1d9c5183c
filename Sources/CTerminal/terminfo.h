#pragma once

#include <pthread.h>

/// Held by who calls ncurses, and who has a terminal looked up: both use what the process has only once.
extern pthread_mutex_t terminfo_lock;

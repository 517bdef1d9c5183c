// Puts the terminal back when the process ends in a way that runs no more Swift code.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/// From now on the process restores the settings and writes the bytes before it ends. Both are copied.
void guard_arm(int terminal, const struct termios *settings, const char *reset, size_t length);
void guard_disarm(void);

// Puts the terminal back when the process ends in a way that runs no Swift code any more.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/// From now on the process restores the settings and writes the bytes before it ends. Copies what it is given.
void guard_arm(int terminal, const struct termios *settings, const char *reset, size_t length);
void guard_disarm(void);

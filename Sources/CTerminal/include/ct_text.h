// The C library's knowledge of text.
#pragma once

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The columns that ncurses takes for a character: 0 for one that combines, -1 for one that it cannot draw.
int ct_width(uint32_t scalar);

/// The first place of some bytes among others; -1 if they are not there.
ptrdiff_t ct_find(const void *bytes, size_t count, const void *wanted, size_t length);

/// Appends a string of terminfo without its notes about padding, such as `$<5>`; it is cut where the room ends.
void ct_append_unpadded(char *text, size_t capacity, const char *value);

#pragma clang assume_nonnull end

// What the C library knows of text.
#pragma once

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// How many columns a character takes: 0 for one that combines, -1 for one that cannot be drawn.
int ct_width(uint32_t scalar);

/// Where bytes are first found among others; -1 if they are not.
ptrdiff_t ct_find(const void *bytes, size_t count, const void *wanted, size_t length);

#pragma clang assume_nonnull end

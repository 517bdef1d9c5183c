// The low-level interface needs no provider to be loaded, which would cost each start of the program a millisecond.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "COpenSSL.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

struct co_sha256 {
  SHA256_CTX state;
};

co_sha256 *co_sha256_make(void) {
  co_sha256 *hash = malloc(sizeof *hash);
  if (hash) SHA256_Init(&hash->state);
  return hash;
}

void co_sha256_add(co_sha256 *hash, const void *bytes, size_t count) {
  if (count > 0) SHA256_Update(&hash->state, bytes, count);
}

void co_sha256_end(co_sha256 *hash, uint8_t *digest) { SHA256_Final(digest, &hash->state); }

void co_sha256_free(co_sha256 *hash) { free(hash); }

void co_hmac_sha256(const void *key, size_t key_count, const void *bytes, size_t count, uint8_t *digest) {
  uint8_t inner[SHA256_CBLOCK] = {0};
  uint8_t outer[SHA256_CBLOCK];
  if (key_count > sizeof inner) {
    SHA256(key, key_count, inner);
  } else {
    memcpy(inner, key, key_count);
  }
  for (size_t i = 0; i < sizeof inner; i++) {
    outer[i] = inner[i] ^ 0x5c;
    inner[i] ^= 0x36;
  }
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, inner, sizeof inner);
  if (count > 0) SHA256_Update(&state, bytes, count);
  SHA256_Final(digest, &state);
  SHA256_Init(&state);
  SHA256_Update(&state, outer, sizeof outer);
  SHA256_Update(&state, digest, CO_SHA256_BYTES);
  SHA256_Final(digest, &state);
  OPENSSL_cleanse(inner, sizeof inner);
  OPENSSL_cleanse(outer, sizeof outer);
}

_Bool co_equal(const void *a, const void *b, size_t count) { return CRYPTO_memcmp(a, b, count) == 0; }

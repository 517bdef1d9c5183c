// OpenSSL behind a few functions that Swift can call: its own interface is mostly macros and variadics.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#define CO_SHA256_BYTES 32

// The client's end of one TLS connection. It does no input or output of its own: encrypted bytes are put in and
// taken out. One thread at a time may use it.
typedef struct co_client co_client;

typedef enum { CO_DONE, CO_WAITING, CO_CLOSED, CO_FAILED } co_status;

// Makes a client that trusts the system's authorities (or SSL_CERT_FILE and SSL_CERT_DIR). It expects
// a certificate for `host`, a name or an IP address. It gives NULL when memory is short or no settings can
// be made.
co_client *_Nullable co_client_make(const char *host);
void co_client_free(co_client *client);

// Goes on with the handshake: done, waiting for bytes of the server, or failed.
co_status co_client_handshake(co_client *client);

// Takes encrypted bytes of the server. It gives false when memory is short.
_Bool co_client_put(co_client *client, const uint8_t *bytes, size_t count);
// Copies encrypted bytes for the server; returns their number, 0 when there are none.
size_t co_client_take(co_client *client, uint8_t *bytes, size_t count);

// Decrypts what has come: `length` tells how many bytes. It gives CO_CLOSED when the server
// has said that no more will come.
co_status co_client_read(co_client *client, uint8_t *bytes, size_t count, size_t *length);
// Encrypts `count` bytes, at least one.
co_status co_client_write(co_client *client, const uint8_t *bytes, size_t count);
// Tells the server that no more will come.
void co_client_close(co_client *client);

// The reason of the last failure, in OpenSSL's words, always ended by NUL.
void co_client_reason(const co_client *client, char *text, size_t count);

// A SHA-256 digest that is made piece by piece (FIPS 180-4).
typedef struct co_sha256 co_sha256;
co_sha256 *_Nullable co_sha256_make(void);
void co_sha256_add(co_sha256 *hash, const void *_Nullable bytes, size_t count);
void co_sha256_end(co_sha256 *hash, uint8_t *digest);
void co_sha256_free(co_sha256 *hash);

// HMAC with SHA-256 (RFC 2104).
void co_hmac_sha256(
  const void *key, size_t key_count, const void *_Nullable bytes, size_t count, uint8_t *digest);

// Compares in a time that depends on `count` alone.
_Bool co_equal(const void *a, const void *b, size_t count);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif

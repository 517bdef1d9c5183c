#include "COpenSSL.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct co_client {
  SSL *ssl;
  BIO *from_server;
  BIO *to_server;
  char reason[256];
};

static SSL_CTX *context;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// A statically linked OpenSSL looks where its builder kept certificates; other systems keep theirs elsewhere.
static void trust_the_system(SSL_CTX *made) {
  SSL_CTX_set_default_verify_paths(made);
  if (getenv(X509_get_default_cert_file_env()) || getenv(X509_get_default_cert_dir_env())) return;
  if (access(X509_get_default_cert_dir(), R_OK) == 0) return;
  static const char *const bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/opt/homebrew/etc/openssl@3/cert.pem",
  };
  for (size_t i = 0; i < sizeof bundles / sizeof *bundles; i++) {
    if (access(bundles[i], R_OK) != 0) continue;
    if (SSL_CTX_load_verify_file(made, bundles[i]) == 1) return;
  }
}

static void make_context(void) {
  // The system's openssl.cnf is made for the system's own OpenSSL.
  OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
  SSL_CTX *made = SSL_CTX_new(TLS_client_method());
  if (!made) return;
  SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION);
  SSL_CTX_set_verify(made, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(made, SSL_OP_NO_RENEGOTIATION);
  trust_the_system(made);
  ERR_clear_error();
  context = made;
}

static _Bool expect(SSL *ssl, const char *host) {
  X509_VERIFY_PARAM *param = SSL_get0_param(ssl);
  if (X509_VERIFY_PARAM_set1_ip_asc(param, host) == 1) return 1;
  ERR_clear_error();
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(param, host, 0) == 1 && SSL_set_tlsext_host_name(ssl, host) == 1;
}

co_client *co_client_make(const char *host) {
  static const unsigned char protocols[] = "\x08http/1.1";
  pthread_once(&once, make_context);
  co_client *client = calloc(1, sizeof *client);
  if (!client || !context) goto failed;
  client->ssl = SSL_new(context);
  if (!client->ssl) goto failed;
  client->from_server = BIO_new(BIO_s_mem());
  client->to_server = BIO_new(BIO_s_mem());
  if (!client->from_server || !client->to_server) goto failed;
  // An empty buffer is no end: more bytes may come.
  BIO_set_mem_eof_return(client->from_server, -1);
  SSL_set_bio(client->ssl, client->from_server, client->to_server);
  if (!expect(client->ssl, host) || SSL_set_alpn_protos(client->ssl, protocols, sizeof protocols - 1) != 0) {
    co_client_free(client);
    return NULL;
  }
  SSL_set_connect_state(client->ssl);
  return client;

failed:
  if (client) {
    BIO_free(client->from_server);
    BIO_free(client->to_server);
    SSL_free(client->ssl);
    free(client);
  }
  return NULL;
}

void co_client_free(co_client *client) {
  SSL_free(client->ssl);
  free(client);
}

// A certificate that is refused is told by its own reason: "certificate verify failed" says too little.
static void remember_reason(co_client *client) {
  unsigned long code = ERR_peek_last_error();
  long verified = SSL_get_verify_result(client->ssl);
  const char *text = verified != X509_V_OK ? X509_verify_cert_error_string(verified)
    : code ? ERR_reason_error_string(code)
           : NULL;
  strncpy(client->reason, text ? text : "the connection was lost", sizeof client->reason - 1);
}

static co_status outcome(co_client *client, int result) {
  switch (SSL_get_error(client->ssl, result)) {
  case SSL_ERROR_NONE: return CO_DONE;
  case SSL_ERROR_WANT_READ:
  case SSL_ERROR_WANT_WRITE: return CO_WAITING;
  case SSL_ERROR_ZERO_RETURN: return CO_CLOSED;
  default: remember_reason(client); return CO_FAILED;
  }
}

co_status co_client_handshake(co_client *client) {
  ERR_clear_error();
  return outcome(client, SSL_do_handshake(client->ssl));
}

_Bool co_client_put(co_client *client, const uint8_t *bytes, size_t count) {
  size_t written = 0;
  return BIO_write_ex(client->from_server, bytes, count, &written) == 1 && written == count;
}

size_t co_client_take(co_client *client, uint8_t *bytes, size_t count) {
  size_t read = 0;
  return BIO_read_ex(client->to_server, bytes, count, &read) == 1 ? read : 0;
}

co_status co_client_read(co_client *client, uint8_t *bytes, size_t count, size_t *length) {
  ERR_clear_error();
  *length = 0;
  return outcome(client, SSL_read_ex(client->ssl, bytes, count, length));
}

co_status co_client_write(co_client *client, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ERR_clear_error();
    size_t written = 0;
    co_status status = outcome(client, SSL_write_ex(client->ssl, bytes, count, &written));
    if (status != CO_DONE) return status;
    bytes += written;
    count -= written;
  }
  return CO_DONE;
}

void co_client_close(co_client *client) {
  ERR_clear_error();
  if (SSL_is_init_finished(client->ssl)) SSL_shutdown(client->ssl);
}

void co_client_reason(const co_client *client, char *text, size_t count) {
  if (count == 0) return;
  strncpy(text, client->reason, count - 1);
  text[count - 1] = 0;
}

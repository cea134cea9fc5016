// SPDX-License-Identifier: Apache-2.0
#include "web/tls.hpp"

#include <openssl/ssl.h>

#include "base/stop.hpp"

namespace cairn::web {
namespace {

constexpr const char* ciphers_of_1_2 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in,
                    unsigned int in_length, void*) {
  static const unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, ours, sizeof ours, in, in_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

boost::asio::ssl::context tls_context(const std::string& certificate, const std::string& key) {
  try {
    boost::asio::ssl::context context(boost::asio::ssl::context::tls_server);
    auto* native = context.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    if (SSL_CTX_set_cipher_list(native, ciphers_of_1_2) != 1) throw Unavailable("OpenSSL knows none of our ciphers");
    context.use_certificate_chain_file(certificate);
    context.use_private_key_file(key, boost::asio::ssl::context::pem);
    if (SSL_CTX_check_private_key(native) != 1) throw Unavailable(key + " is not the key of " + certificate);
    return context;
  } catch (const boost::system::system_error& fault) {
    throw Unavailable("TLS with " + certificate + " and " + key + ": " + fault.what());
  }
}

}  // namespace cairn::web

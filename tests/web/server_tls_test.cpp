// SPDX-License-Identifier: Apache-2.0
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "web/server_site.hpp"

namespace cairn::tests {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Connection = std::unique_ptr<SSL, Freed<SSL_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;

// A certificate that signed itself, and its key, in a folder of their own.
class Papers {
 public:
  Papers() : folder_(std::filesystem::temp_directory_path() / ("cairn-tls-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    const Key key(EVP_EC_gen("P-256"));
    const Certificate paper(X509_new());
    ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(paper.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(paper.get()), 3600);
    X509_set_pubkey(paper.get(), key.get());
    X509_sign(paper.get(), key.get(), EVP_sha256());
    PEM_write_X509(File(std::fopen(certificate().c_str(), "w")).get(), paper.get());
    PEM_write_PrivateKey(File(std::fopen(key_file().c_str(), "w")).get(), key.get(), nullptr, nullptr, 0, nullptr,
                         nullptr);
    const Key other(EVP_EC_gen("P-256"));
    PEM_write_PrivateKey(File(std::fopen(other_key().c_str(), "w")).get(), other.get(), nullptr, nullptr, 0, nullptr,
                         nullptr);
  }
  ~Papers() { std::filesystem::remove_all(folder_); }
  std::string certificate() const { return (folder_ / "certificate.pem").string(); }
  std::string key_file() const { return (folder_ / "key.pem").string(); }
  std::string other_key() const { return (folder_ / "other.pem").string(); }
  web::ServerSettings settings() const {
    web::ServerSettings settings;
    settings.tls_certificate = certificate();
    settings.tls_key = key_file();
    return settings;
  }

 private:
  std::filesystem::path folder_;
};

// A client that speaks TLS between two versions.
class TlsClient {
 public:
  TlsClient(const Site& site, int lowest, int highest)
      : client_(site.client()), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), lowest);
    SSL_CTX_set_max_proto_version(context_.get(), highest);
    static const unsigned char both[] = {2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context_.get(), both, sizeof both);
    connection_.reset(SSL_new(context_.get()));
    SSL_set_fd(connection_.get(), client_.descriptor());
    connected_ = SSL_connect(connection_.get()) == 1;
  }
  bool connected() const { return connected_; }
  int version() const { return SSL_version(connection_.get()); }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(connection_.get(), &name, &length);
    return std::string(reinterpret_cast<const char*>(name), length);
  }
  // All that comes until the other side ends.
  std::string ask(const std::string& bytes) {
    SSL_write(connection_.get(), bytes.data(), static_cast<int>(bytes.size()));
    std::string all;
    char buffer[16384];
    int count = 0;
    while ((count = SSL_read(connection_.get(), buffer, sizeof buffer)) > 0)
      all.append(buffer, static_cast<std::size_t>(count));
    ended_well_ = SSL_get_error(connection_.get(), count) == SSL_ERROR_ZERO_RETURN;
    return all;
  }
  bool ended_well() const { return ended_well_; }

 private:
  Client client_;
  Context context_;
  Connection connection_;
  bool connected_ = false;
  bool ended_well_ = false;
};

TEST(Tls, ServesTheSamePagesWithVersions12And13) {
  const Papers papers;
  const Site site(papers.settings());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(site, version, version);
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(client.version(), version);
    EXPECT_EQ(client.protocol(), "http/1.1");
    const auto reply = client.ask("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(reply.rfind("HTTP/1.1 200 OK\r\n", 0), 0U);
    EXPECT_NE(reply.find("\r\nStrict-Transport-Security: max-age=63072000; includeSubDomains\r\n"), std::string::npos);
    EXPECT_TRUE(client.ended_well()) << "without a farewell a cut off reply could be taken for a whole one";
  }
}

TEST(Tls, RefusesOlderVersionsAndPlainHttp) {
  const Papers papers;
  const Site site(papers.settings());
  EXPECT_FALSE(TlsClient(site, TLS1_VERSION, TLS1_1_VERSION).connected());
  auto plain_client = site.client();
  plain_client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(plain_client.reply().status, 0);
}

TEST(Tls, ComparesOriginsWithHttps) {
  const Papers papers;
  const Site site(papers.settings());
  const auto ask = [&](const std::string& origin) {
    TlsClient client(site, TLS1_2_VERSION, TLS1_3_VERSION);
    return client.ask(Site::post_text("/echo", "a=1", form_type + "Connection: close\r\nOrigin: " + origin + "\r\n"))
        .substr(9, 3);
  };
  EXPECT_EQ(ask("https://localhost"), "200");
  EXPECT_EQ(ask("http://localhost"), "403");
}

TEST(Tls, SendsLargeRepliesAndTakesLargePosts) {
  const Papers papers;
  const Site site(papers.settings(), [](web::Routes& routes) {
    routes.get("/large", anybody_reads, [](const web::Request&) { return plain(std::string(5'000'000, 'x')); });
  });
  TlsClient getter(site, TLS1_3_VERSION, TLS1_3_VERSION);
  EXPECT_GT(getter.ask("GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").size(), 5'000'000U);
  TlsClient poster(site, TLS1_3_VERSION, TLS1_3_VERSION);
  const auto body = "a=" + std::string(900'000, 'b');
  EXPECT_GT(poster.ask(Site::post_text("/echo", body, ours + form_type + "Connection: close\r\n")).size(), 900'000U);
}

TEST(Tls, StopsWhileClientsAreConnected) {
  const Papers papers;
  auto settings = papers.settings();
  Site site(settings);
  const TlsClient idle(site, TLS1_3_VERSION, TLS1_3_VERSION);
  const auto silent = site.client();
  site.stop();
}

TEST(Tls, DoesNotStartWithoutAPairOfItsOwn) {
  const Papers papers;
  const auto start = [](const std::string& certificate, const std::string& key) {
    web::ServerSettings settings;
    settings.tls_certificate = certificate;
    settings.tls_key = key;
    const Site site(settings);
  };
  EXPECT_THROW(start(papers.certificate(), ""), Unavailable);
  EXPECT_THROW(start("", papers.key_file()), Unavailable);
  EXPECT_THROW(start(papers.certificate(), "/nowhere/key.pem"), Unavailable);
  EXPECT_THROW(start("/nowhere/certificate.pem", papers.key_file()), Unavailable);
  EXPECT_THROW(start(papers.certificate(), papers.other_key()), Unavailable);
  EXPECT_THROW(start(papers.key_file(), papers.certificate()), Unavailable);
}

}  // namespace
}  // namespace cairn::tests

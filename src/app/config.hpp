// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.hpp"

namespace cairn::app {

// Every setting. The shipped copy, packaging/cairn.toml, explains each one; what is typed on the command line goes
// before the file.
struct Config {
  std::string data = "cairn-data";  // the data folder
  std::string database;             // "postgres://..."; empty keeps everything in the data folder, with SQLite
  std::string keys;                 // the key file; empty is keys/master.key in the data folder
  std::string content;              // a folder of the organisation's own data files; empty for none

  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string tls_certificate;  // PEM files; both or neither
  std::string tls_key;
  std::string public_host;    // the name people reach it by; empty allows localhost and the address alone
  std::string trusted_proxy;  // the address of our own web server in front, which is believed about who asks
  bool operator==(const Config&) const = default;
};

// Reads the text of a configuration file. Every key may be absent and stands for one field above:
// data, database, keys, content, and under [serve] address, port, tls_certificate, tls_key, public_host, trusted_proxy.
// Refuses what is not TOML, a key that is unknown, a value of the wrong kind, a port that is none, and one TLS file
// without the other. Each problem's field is the key; its values are "key" and "line".
Checked<Config> config_from_toml(std::string_view toml);

}  // namespace cairn::app

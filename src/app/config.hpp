// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.hpp"

namespace cairn::app {

// How letters leave: [mail]. Without it they wait in the outbox.
struct MailConfig {
  std::string server;         // "smtp://mail.example.org:587" or "smtps://mail.example.org"; empty: no table [mail]
  std::string from;           // the sender's address
  std::string sender_name;    // beside it; neutral, since it shows on a lit telephone
  std::string user;           // to sign in at the mail server with; empty for none
  std::string password_file;  // its first line; with a user only
  std::string ca_file;        // PEM file of who vouches for the server, where the system does not know it
  bool operator==(const MailConfig&) const = default;
};

// Who is told how far the journal has come, signed: [journal]. Without one it rests on itself and the key file.
struct JournalConfig {
  std::string witness_file;    // lines are appended to it
  std::string witness_syslog;  // the name under which lines go to the system's log; empty: they do not
  std::string witness_mail;    // the address of somebody who keeps them, once a day
  bool operator==(const JournalConfig&) const = default;
};

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
  MailConfig mail;
  JournalConfig journal;
  bool operator==(const Config&) const = default;
};

// Reads the text of a configuration file. Every key may be absent and stands for one field above:
// data, database, keys, content, under [serve] address, port, tls_certificate, tls_key, public_host, trusted_proxy,
// under [mail] and [journal] the fields of MailConfig and JournalConfig. Refuses what is not TOML, a key that is
// unknown, a value of the wrong kind, a port that is none, one TLS file without the other, a [mail] without a server
// and a sender, and a user without a password file, and a witness's address that is none. Each problem's field is the
// key; its values are "key" and "line".
Checked<Config> config_from_toml(std::string_view toml);

}  // namespace cairn::app

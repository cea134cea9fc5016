// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "jobs/mail.hpp"

namespace cairn::jobs {

// True for an address a letter can go to: printable ASCII with one '@', something on both sides of it, a name of
// letters, digits, '-' and '.' after it, at most 254 characters, and nothing that ends a header or a command of SMTP.
bool is_mail_address(std::string_view address);
// What stands after the '@' of an address; empty where there is none.
std::string_view mail_domain(std::string_view address);
// "r***@larkmoor.example": enough to know one's own again. Empty for what is no address.
std::string masked_address(std::string_view address);

struct Envelope {
  std::string id;           // of the letter: its Message-ID is the same at each try
  std::string from;         // an address
  std::string sender_name;  // may be empty
  Moment now;               // for the Date header
};

// The whole message (RFC 5322, lines ended by CR LF): headers in ASCII, words beyond it encoded as RFC 2047 says, the
// body as base64 of UTF-8, so that no line is long and no server changes a letter. Says Auto-Submitted, so that no
// machine answers. Nothing in it tells the machine's name, and nothing in it is fetched from anywhere when it is
// opened. Characters that would end a header become blanks.
std::string mail_message(const Letter& letter, const Envelope& envelope);

}  // namespace cairn::jobs

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace cairn {

// What the person cannot mend. Thrown where found, caught in two places only: the server and main.
// what() is for the log; the outside sees a text by key() and a reference number.
class Stop : public std::runtime_error {
 public:
  Stop(std::string key, const std::string& for_the_log) : std::runtime_error(for_the_log), key_(std::move(key)) {}
  const std::string& key() const { return key_; }

 private:
  std::string key_;
};

// It is not there, or not within the actor's reach: the two look the same.
class NotFound : public Stop {
 public:
  explicit NotFound(const std::string& for_the_log) : Stop("stop.not_found", for_the_log) {}
};

// Signed out, or a forgery token that does not match. Never used for "exists, but not for you".
class NotAllowed : public Stop {
 public:
  explicit NotAllowed(const std::string& for_the_log) : Stop("stop.not_allowed", for_the_log) {}
};

// Everything allows it, but whoever asks must first show once more, by their password, that it is they.
class SignInAnew : public Stop {
 public:
  explicit SignInAnew(const std::string& for_the_log) : Stop("stop.sign_in_anew", for_the_log) {}
};

// The thing has changed meanwhile, or a rule kept by the schema was broken.
class Conflict : public Stop {
 public:
  explicit Conflict(const std::string& for_the_log, std::string key = "stop.conflict")
      : Stop(std::move(key), for_the_log) {}
};

// Exactly this was asked for before and has been done: the same form sent twice. Nothing was changed by the second, and
// its answer is the first one's. Thrown inside a write, so that not even a journal entry is left.
class Repeated : public Conflict {
 public:
  explicit Repeated(const std::string& for_the_log) : Conflict(for_the_log) {}
};
// Does what was asked for, unless it has been done before.
template <class Act>
void do_once(Act&& act) {
  try {
    act();
  } catch (const Repeated&) {
    return;
  }
}

// The world: disk full, database gone, queue full, program missing. Worth trying again later.
class Unavailable : public Stop {
 public:
  explicit Unavailable(const std::string& for_the_log, std::string key = "stop.unavailable")
      : Stop(std::move(key), for_the_log) {}
};

// Stored bytes are not what was written: a flipped bit, a moved value, a wrong key. Never answered with other words.
class Corrupt : public Stop {
 public:
  explicit Corrupt(const std::string& for_the_log) : Stop("stop.corrupt", for_the_log) {}
};

}  // namespace cairn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <array>
#include <cerrno>
#include <ostream>
#include <streambuf>

namespace cairn::app {

// Writes to an open file by its number, which it does not close. Where the other end is gone, what is written is lost
// and the stream says so by failing.
class DescriptorStream : public std::ostream {
 public:
  explicit DescriptorStream(int number) : std::ostream(nullptr), buffer_(number) { rdbuf(&buffer_); }
  ~DescriptorStream() override { flush(); }

 private:
  class Buffer : public std::streambuf {
   public:
    explicit Buffer(int number) : number_(number) { setp(bytes_.data(), bytes_.data() + bytes_.size()); }

   protected:
    int_type overflow(int_type next) override {
      if (sync() != 0) return traits_type::eof();
      if (next == traits_type::eof()) return traits_type::not_eof(next);
      *pptr() = traits_type::to_char_type(next);
      pbump(1);
      return next;
    }
    int sync() override {
      const char* at = pbase();
      while (at < pptr()) {
        const auto written = ::write(number_, at, static_cast<std::size_t>(pptr() - at));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return -1;
        at += written;
      }
      setp(bytes_.data(), bytes_.data() + bytes_.size());
      return 0;
    }

   private:
    int number_;
    std::array<char, 16384> bytes_;
  };
  Buffer buffer_;
};

}  // namespace cairn::app

// SPDX-License-Identifier: Apache-2.0
#include "instruments/join_gate.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::instruments {
namespace {

constexpr std::size_t nonce_bytes = 8;

template <class Things, class When>
void forget_oldest(Things& things, std::size_t most, When when) {
  if (things.size() < most) return;
  things.erase(std::min_element(things.begin(), things.end(),
                                [&](const auto& one, const auto& other) { return when(one) < when(other); }));
}

}  // namespace

std::string JoinGate::stamp(Moment now) const {
  const auto said = iso(now) + "." + hex(random_bytes(nonce_bytes));
  return said + "." + hex(blake2b(said, key_));
}

JoinGate::Verdict JoinGate::ask(std::string_view stamp, const std::string& network, Moment now) {
  const auto dot = stamp.rfind('.');
  if (dot == std::string_view::npos || dot < 24) return Verdict::no_stamp;
  const auto said = stamp.substr(0, dot);
  const auto drawn = moment_from_iso(said.substr(0, 24));
  if (!drawn || !same_secret(stamp.substr(dot + 1), hex(blake2b(said, key_)))) return Verdict::no_stamp;
  if (later(*drawn, longest_look) < now) return Verdict::no_stamp;
  if (now < later(*drawn, shortest_look)) return Verdict::too_soon;
  const std::lock_guard lock(mutex_);
  if (used_.contains(said)) return Verdict::no_stamp;
  if (!takes_from(network, now)) return Verdict::too_many;
  forget_oldest(used_, most_remembered, [](const auto& one) { return one.second; });
  used_.emplace(said, *drawn);
  return Verdict::enters;
}

bool JoinGate::takes_from(const std::string& network, Moment now) {
  forget_oldest(networks_, most_remembered, [](const auto& one) { return one.second.filled; });
  auto& bucket = networks_.try_emplace(network, Bucket{burst, now}).first->second;
  const auto passed =
      static_cast<double>(std::max<std::int64_t>(0, now.milliseconds - bucket.filled.milliseconds)) / 1000.0;
  bucket.left = std::min(burst, bucket.left + passed * a_second);
  bucket.filled = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

}  // namespace cairn::instruments

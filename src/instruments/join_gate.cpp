// SPDX-License-Identifier: Apache-2.0
#include "instruments/join_gate.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::instruments {
namespace {

constexpr std::size_t nonce_bytes = 8;
constexpr std::size_t length_of_time = 24;  // "2026-03-03T09:00:00.000Z"

template <class Things, class When>
void forget_oldest(Things& things, std::size_t most, When when) {
  if (things.size() < most) return;
  things.erase(std::min_element(things.begin(), things.end(),
                                [&](const auto& one, const auto& other) { return when(one) < when(other); }));
}

double seconds_between(Moment before, Moment now) {
  return static_cast<double>(std::max<std::int64_t>(0, now.milliseconds - before.milliseconds)) / 1000.0;
}

// What the stamp says of itself, in front of its seal.
std::string_view said_by(std::string_view stamp) {
  return stamp.substr(0, stamp.rfind('.'));
}

}  // namespace

std::string JoinGate::stamp(Moment now) const {
  const auto said = iso(now) + "." + hex(random_bytes(nonce_bytes));
  return said + "." + hex(blake2b(said, key_));
}

JoinGate::Verdict JoinGate::ask(const Knock& knock, Moment now) {
  const auto fault = fault_of(knock, now);
  const std::lock_guard lock(mutex_);
  const auto said = said_by(knock.stamp);
  const auto verdict = fault == Verdict::enters && used_.contains(said) ? Verdict::no_stamp : fault;
  if (verdict != Verdict::enters) {
    note_refusal(knock.link, now);
    return verdict;
  }
  if (!takes_from({knock.link, knock.network}, is_besieged(knock.link, now), now)) return Verdict::too_many;
  forget_oldest(used_, most_remembered, [](const auto& one) { return one.second; });
  used_.emplace(said, now);
  return Verdict::enters;
}

JoinGate::Verdict JoinGate::fault_of(const Knock& knock, Moment now) const {
  if (knock.fills_the_trap) return Verdict::trapped;
  const std::string_view stamp = knock.stamp;
  const auto said = said_by(stamp);
  if (said.size() < length_of_time || said.size() == stamp.size()) return Verdict::no_stamp;
  const auto drawn = moment_from_iso(said.substr(0, length_of_time));
  if (!drawn || !same_secret(stamp.substr(said.size() + 1), hex(blake2b(said, key_)))) return Verdict::no_stamp;
  if (later(*drawn, longest_look) < now) return Verdict::no_stamp;
  return now < later(*drawn, shortest_look) ? Verdict::too_soon : Verdict::enters;
}

bool JoinGate::is_besieged(const std::string& link, Moment now) {
  const auto found = sieges_.find(link);
  if (found == sieges_.end()) return false;
  const auto& [refused, counted] = found->second;
  return refused - seconds_between(counted, now) * forgiven_a_second >= besieged_at;
}

void JoinGate::note_refusal(const std::string& link, Moment now) {
  forget_oldest(sieges_, most_remembered, [](const auto& one) { return one.second.counted; });
  auto& siege = sieges_.try_emplace(link, Siege{0, now}).first->second;
  const auto forgiven = seconds_between(siege.counted, now) * forgiven_a_second;
  siege.refused = std::min(most_held_against, std::max(0.0, siege.refused - forgiven) + 1);
  siege.counted = now;
}

bool JoinGate::takes_from(const Way& way, bool besieged, Moment now) {
  forget_oldest(ways_, most_remembered, [](const auto& one) { return one.second.filled; });
  auto& bucket = ways_.try_emplace(way, Bucket{besieged ? burst_of_strangers : burst, now, false}).first->second;
  const bool strangers = besieged && !bucket.known;
  const auto most = strangers ? burst_of_strangers : burst;
  const auto rate = strangers ? strangers_a_second : a_second;
  bucket.left = std::min(most, bucket.left + seconds_between(bucket.filled, now) * rate);
  bucket.filled = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  bucket.known = bucket.known || !besieged;
  return true;
}

}  // namespace cairn::instruments

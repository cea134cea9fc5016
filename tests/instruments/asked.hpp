// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "accounts/store.hpp"
#include "content/library.hpp"
#include "instruments/store.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_definitions.hpp"
#include "instruments/store_invitations.hpp"
#include "stores.hpp"

namespace cairn::instruments::test {

// A round that asks people at two sites, open from 2 to 20 March 2026, and people who may be asked.
class AskedWorld : public tests::EachEngine {
 protected:
  AskedWorld() {
    lead_ = programme_of("account-1");
    instrument_ = *find_instrument(library_, "implementation-inventory-short", 1);
    collection_ = new_round(Mode::anonymous);
  }

  Actor programme_of(const std::string& account) {
    const auto id = database().write(Actor::operator_(), {"programme.add", "programme", ""}, [](db::Write& write) {
      return accounts::add_programme(write, "Larkmoor", "Europe/London");
    });
    return {account, id.text, {{Role::lead, {}, {}, {}}}};
  }
  template <class F>
  auto write(F act) {
    return database().write(lead_, {"test.act", "test", ""}, act);
  }
  template <class F>
  auto read(F act) {
    return database().read(act);
  }
  Id<Collection> new_round(Mode mode) {
    NewAsking asking;
    asking.mode = mode;
    asking.words = {"Robin Marsh", "To learn", "We add them up", "116 123"};
    asking.sites = {{1, "ward", "Willow Ward", "voluntary", "partnership", "inpatient"},
                    {2, "mill", "Mill Lane", "statutory", "nhs", "community"}};
    asking.groups = {{1, "coworker", 5, 0}, {2, "coworker", 5, 0}};
    asking.opens_at = *moment_from_iso("2026-03-02T00:00:00.000Z");
    asking.closes_at = *moment_from_iso("2026-03-21T00:00:00.000Z");
    return write([&](db::Write& w) {
      const auto id = add_collection(w, w.actor(), instrument_, 5);
      add_asking(w, id, asking);
      return id;
    });
  }

  Id<Participant> person(const std::string& name, const std::string& email = "", const std::string& service = "ward") {
    return write([&](db::Write& w) { return add(w, {name, email, "coworker", service}); });
  }
  Asking asking() {
    return read([&](db::Read& r) { return asking_of(r, collection_); });
  }
  std::int64_t ask(const std::vector<Id<Participant>>& people) {
    return write([&](db::Write& w) { return invite(w, asking_of(w, collection_), people, w.now()); });
  }
  std::vector<Invitation> asked() {
    return read([&](db::Read& r) { return invitations(r, lead_, collection_); });
  }
  Invitation invitation_of(const std::string& name) {
    for (auto& one : asked())
      if (one.participant.name == name) return one;
    throw NotFound("nobody called " + name + " is asked");
  }
  std::string secret_of(const std::string& name) {
    const auto invitation = invitation_of(name);
    return read([&](db::Read& r) { return link_of(r, invitation); });
  }
  std::int64_t number(std::string_view sql) {
    return read([&](db::Read& r) { return r.number(sql, {}); });
  }
  std::int64_t letters(std::string_view kind) {
    return read([&](db::Read& r) { return r.number(R"sql(select count(*) from letter where kind = $1)sql", {kind}); });
  }

  content::Library library_ = content::Library::open("");
  Actor lead_;
  Instrument instrument_;
  Id<Collection> collection_;
};

}  // namespace cairn::instruments::test

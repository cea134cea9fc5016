// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "accounts/model.hpp"
#include "db/database.hpp"
#include "db/verify.hpp"

namespace cairn::accounts {

// The programme of this store, or nothing in a store where none was made yet.
std::optional<Programme> find_programme(db::Read& read);
// The actor's programme. Throws NotFound for an actor without one.
Programme programme(db::Read& read, const Actor& actor);
// `name` may be empty: it can be given later.
Id<Programme> add_programme(db::Write& write, std::string_view name, std::string_view zone);
void set_zone(db::Write& write, const Id<Programme>& programme, std::string_view zone);
void rename_programme(db::Write& write, const Id<Programme>& programme, std::string_view name);

// All of the actor's programme, each list by name. Empty for an actor without a programme.
Structure structure(db::Read& read, const Actor& actor);

// These write into the actor's programme, and throw Conflict where a name was taken meanwhile, NotFound where what they
// change is not there. `add` makes the journal entry speak of the new thing.
Id<Organisation> add(db::Write& write, const Id<Programme>& programme, const NewOrganisation& organisation);
Id<Service> add(db::Write& write, const Id<Programme>& programme, const NewService& service);
Id<Team> add(db::Write& write, const Id<Programme>& programme, const NewTeam& team);
void rename(db::Write& write, const Id<Programme>& programme, const Id<Organisation>& organisation,
            std::string_view name);
void rename(db::Write& write, const Id<Programme>& programme, const Id<Service>& service, std::string_view name);
void rename(db::Write& write, const Id<Programme>& programme, const Id<Team>& team, std::string_view name);

// The columns of this stage that hold sealed values.
std::vector<db::SealedColumn> sealed_columns();

}  // namespace cairn::accounts

// SPDX-License-Identifier: Apache-2.0
#include "db/stepped_database.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "db/files.hpp"
#include "db/journal.hpp"

namespace cairn::db {
namespace {

// Makes the data folder where it may be made, and finds the key.
Keys keys_for(const Settings& settings) {
  const bool create = settings.create && !settings.read_only;
  if (create && !settings.folder.empty()) make_private_folder(settings.folder);
  return Keys::from_file(settings.key_file.empty() ? settings.folder + "/keys/master.key" : settings.key_file, create);
}

}  // namespace

const std::string_view create_schema_version_sql = R"sql(
  create table if not exists schema_version (
    number bigint primary key, name text not null, hash text not null, at text not null))sql";

SteppedDatabase::SteppedDatabase(Settings settings, EngineKind engine)
    : settings_(std::move(settings)), keys_(keys_for(settings_)), steps_(steps_for(engine, settings_.migrations)) {}

SchemaState SteppedDatabase::schema() {
  const std::vector<DoneStep> done = done_steps();
  const SchemaState state = state_of(done, steps_);
  if (state != SchemaState::newer) refuse_other_history(done, steps_);
  return state;
}

void SteppedDatabase::migrate(const std::function<void()>& before) {
  if (settings_.read_only) throw Unavailable("the store was opened for reading only", "stop.read_only");
  const std::vector<DoneStep> done = done_steps();
  refuse_other_history(done, steps_);
  const SchemaState state = state_of(done, steps_);
  if (state == SchemaState::current) return;
  if (state == SchemaState::behind) before();
  migrate_until(std::numeric_limits<std::int64_t>::max());
}

void SteppedDatabase::migrate_until(std::int64_t number) {
  const std::vector<DoneStep> done = done_steps();
  for (const Step& step : steps_) {
    const bool is_done =
        std::any_of(done.begin(), done.end(), [&](const DoneStep& one) { return one.number == step.number; });
    if (!is_done && step.number <= number) apply(step);
  }
}

void SteppedDatabase::record(Engine& engine, const Step& step) {
  const std::string at = iso(now());
  const std::array<Bound, 4> binds{step.number, step.name, step.hash, at};
  engine.run("insert into schema_version (number, name, hash, at) values ($1, $2, $3, $4)", binds, {});
  const Actor actor = Actor::operator_();
  const Write write(engine, keys_, actor, now());
  for (const JournalRow& row : rows_of(write, {"schema.migrate", "migration", step.name, 1}))
    insert_unsealed(engine, row);
  while (seal_waiting(engine, keys_, 1000) > 0) {
  }
}

void SteppedDatabase::refuse_without_schema() {
  if (has_schema_) return;
  if (done_steps().empty()) throw Unavailable("the store has no schema yet: migrate it first", "stop.schema_old");
  has_schema_ = true;
}

std::vector<DoneStep> SteppedDatabase::done_steps() {
  std::vector<DoneStep> done;
  read_with([&](Read& read) {
    done.clear();
    const std::string_view there = is_postgres()
                                       ? "select count(*) from information_schema.tables where table_schema = "
                                         "current_schema() and table_name = 'schema_version'"
                                       : "select count(*) from sqlite_master where name = 'schema_version'";
    if (read.number(there, {}) == 0) return;
    read.each("select number, name, hash from schema_version order by number", {},
              [&](const Row& row) { done.push_back({row.integer(0), row.string(1), row.string(2)}); });
  });
  return done;
}

}  // namespace cairn::db

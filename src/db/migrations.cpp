// SPDX-License-Identifier: Apache-2.0
#include "db/migrations.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/embedded.hpp"
#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::db {
namespace {

constexpr std::string_view postgres_ending = ".postgres.sql";
constexpr std::string_view folder = "migrations/";

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

}  // namespace

std::vector<Migration> embedded_migrations() {
  std::vector<Migration> found;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.substr(0, folder.size()) == folder && ends_with(file.path, ".sql"))
      found.push_back({std::string(file.path.substr(folder.size())), file.bytes});
  std::sort(found.begin(), found.end(), [](const Migration& a, const Migration& b) { return a.name < b.name; });
  return found;
}

std::vector<Step> steps_for(EngineKind engine, const std::vector<Migration>& migrations) {
  std::map<std::int64_t, Step> by_number;
  for (const bool special : {false, true}) {
    if (special && engine == EngineKind::sqlite) continue;
    std::map<std::int64_t, Step> these;
    for (const Migration& migration : migrations) {
      if (ends_with(migration.name, postgres_ending) != special) continue;
      const auto number = whole_number(std::string_view(migration.name).substr(0, 4));
      if (!number || *number < 1 || migration.name.size() < 6 || migration.name[4] != '_')
        throw std::logic_error("a migration is named like 0001_subject.sql: " + migration.name);
      if (!these.emplace(*number, Step{*number, migration.name, migration.sql, hex(sha256(migration.sql))}).second)
        throw std::logic_error("two migrations have one number: " + migration.name);
    }
    for (auto& [number, step] : these) by_number[number] = std::move(step);
  }
  std::vector<Step> steps;
  for (auto& [number, step] : by_number) steps.push_back(std::move(step));
  return steps;
}

SchemaState state_of(const std::vector<DoneStep>& done, const std::vector<Step>& known) {
  if (done.empty()) return SchemaState::empty;
  const auto is_known = [&](const DoneStep& step) {
    return std::any_of(known.begin(), known.end(), [&](const Step& one) { return one.number == step.number; });
  };
  if (!std::all_of(done.begin(), done.end(), is_known)) return SchemaState::newer;
  return done.size() < known.size() ? SchemaState::behind : SchemaState::current;
}

void refuse_other_history(const std::vector<DoneStep>& done, const std::vector<Step>& known) {
  if (state_of(done, known) == SchemaState::newer)
    throw Conflict("the schema is newer than this program: use the program that made it", "stop.schema_newer");
  for (const DoneStep& step : done)
    for (const Step& one : known)
      if (one.number == step.number && one.hash != step.hash)
        throw Conflict("the migration " + step.name + " is not the one that was run: " + one.name,
                       "stop.schema_changed");
}

}  // namespace cairn::db

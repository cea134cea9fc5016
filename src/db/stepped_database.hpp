// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "db/migrations.hpp"

namespace cairn::db {

// What both engines share: the keys, the clock, and the way from one schema to the next.
class SteppedDatabase : public Database {
 public:
  SteppedDatabase(Settings settings, EngineKind engine);

  SchemaState schema() override;
  void migrate(const std::function<void()>& before) override;
  const Keys& keys() const override { return keys_; }
  Moment now() const override { return settings_.clock(); }

 protected:
  void migrate_until(std::int64_t number) override;

  // Runs one step in a transaction of its own, with its row in schema_version and its entry in the journal. Does
  // nothing where another process was quicker.
  virtual void apply(const Step& step) = 0;
  // The end of apply(): the step's statements have run on `engine`, and its transaction is still open.
  void record(Engine& engine, const Step& step);
  // A write before there is a journal could not be journalled: throws Unavailable.
  void refuse_without_schema();

 private:
  std::vector<DoneStep> done_steps();
  std::atomic<bool> has_schema_ = false;

 protected:
  Settings settings_;
  Keys keys_;
  std::vector<Step> steps_;
};

extern const std::string_view create_schema_version_sql;

}  // namespace cairn::db

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "app/demonstration.hpp"
#include "app/opening.hpp"
#include "app/stages.hpp"
#include "app/visitor.hpp"
#include "content/library.hpp"
#include "stores.hpp"

namespace cairn::tests {

// The example world: the demonstration's made-up programme in a store of its own, with every route of the site.
class World {
 public:
  explicit World(Engine engine, const std::vector<std::string>& languages = {"en"})
      : store_(migrated_store(engine)), library_(content::Library::open("")) {
    app::make_programme(database());
    app::make_demonstration(database(), library_, languages);
  }

  db::Database& database() { return *store_->database; }
  const content::Library& library() const { return library_; }
  FrozenClock& clock() { return store_->clock; }
  // The made-up lead and administrator.
  Actor lead() { return who(0); }
  Actor administrator() { return who(1); }
  web::Languages& languages() { return languages_; }
  app::Site site() { return {database(), shipped_policy(), library_, throttle_, languages_, store_->settings.folder}; }
  Visitor visitor() { return Visitor(app::routes(site())).at(clock().now()); }

 private:
  Actor who(std::size_t number) {
    return database().read([&](db::Read& read) {
      const auto account = accounts::find_account_by_email(read, app::made_up_accounts()[number].email);
      return Actor{account->id.text, account->programme.text, account->roles};
    });
  }

  std::unique_ptr<Store> store_;
  content::Library library_;
  accounts::Throttle throttle_;
  web::Languages languages_{{"en"}};
};

}  // namespace cairn::tests

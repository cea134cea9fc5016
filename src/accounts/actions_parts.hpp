// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "accounts/actions.hpp"
#include "web/reply.hpp"

// The parts of add_routes(), one for each subject, and what they share. For actions*.cpp of this stage only.
namespace cairn::accounts {

void add_sign_in_routes(web::Routes& routes, const Doors& doors);
void add_again_routes(web::Routes& routes, const Doors& doors);
void add_second_step_routes(web::Routes& routes, const Doors& doors);
void add_link_routes(web::Routes& routes, const Doors& doors);
void add_own_account_routes(web::Routes& routes, const Doors& doors);
void add_own_second_step_routes(web::Routes& routes, const Doors& doors);
void add_invitation_routes(web::Routes& routes, const Doors& doors);
void add_people_routes(web::Routes& routes, const Doors& doors);
void add_setup_routes(web::Routes& routes, const Doors& doors);
void add_structure_routes(web::Routes& routes, const Doors& doors);

constexpr std::size_t form_limit = 16 * 1024;

// An act that takes the doors along.
web::Act with(const Doors& doors, web::Reply (*act)(const web::Request&, const Doors&));

// Where to go on to: a path of this site, or the first page. Anything else could lead people away to a copy of it.
std::string next_path(const std::string& asked);
// 429 with Retry-After, as the form again; the browser is given the ticket of the turn.
web::Reply ask_to_wait(const web::Request& request, const web::PageContent& page, const Turn& turn);

// How a try of somebody counts for the throttle: an address of an account as typed, or an account that is known.
Try try_of(const web::Request& request, const Doors& doors, std::string_view purpose, const std::string& whom,
           const std::optional<Id<Account>>& account);
// Whether somebody's password is right, throttled like signing in. Where they must wait, `turn` says so.
struct PasswordAnswer {
  bool right = false;
  Turn turn;
};
PasswordAnswer ask_password(const web::Request& request, const Doors& doors, const std::string& email,
                            const std::string& typed);

// After a right password or a link that was sent: on to the second step, or, in a demonstration, in. Whatever session
// the browser had is ended.
web::Reply after_password(const web::Request& request, const Doors& doors, const Id<Account>& account,
                          const std::string& next);
// A session of its own each time, in a browser that is remembered from then on; its owner is told by letter where that
// is a new one.
struct Entrance {
  std::string session;
  std::string device;
};
Entrance open_entrance(db::Write& write, const web::Request& request, const Id<Account>& account);
// The same after a change of password or second step, which the owner is told of in another letter: the device is new.
Entrance open_entrance_quietly(db::Write& write, const Id<Account>& account);
void set_cookies(web::Reply& reply, const Entrance& entrance);

// The page with ten recovery codes, shown once.
web::Reply show_recovery_codes(const web::Request& request, const std::vector<std::string>& codes,
                               const std::string& next);

// Tells the owner of an account by letter what happened to it: new_device, code_failures, password, second_step,
// recovery_code, recovery_codes, lost, lost_confirmed, role.
void tell_owner(db::Write& write, std::string_view what, const Id<Account>& account);
// The same, "failures", for an address that may have no account: its letter is then never written.
void warn_of_failures(const Doors& doors, std::string_view email_fingerprint);

// Names that a password must not hold: of the programme and its organisations.
std::vector<std::string> known_names(const Doors& doors);

}  // namespace cairn::accounts

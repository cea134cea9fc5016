// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_setup.hpp"

#include "accounts/store_parts.hpp"
#include "accounts/store_roles.hpp"

namespace cairn::accounts {

void begin_setup(db::Write& write, const Id<Programme>& programme, const Id<Account>& first) {
  write.run(R"sql(
    insert into programme_set_up (programme_id, at, account_id) values ($1, $2, $3)
  )sql",
            {programme.text, iso(write.now()), first.text});
}

bool setup_is_open(db::Read& read, const Id<Programme>& programme) {
  return read.number(R"sql(
    select count(*) from programme_set_up
    where programme_id = $1 and not exists (
      select 1 from programme_set_up_finished
      where programme_set_up_finished.programme_id = programme_set_up.programme_id)
  )sql",
                     {programme.text}) > 0;
}

void finish_setup(db::Write& write, const Id<Programme>& programme) {
  write.run(R"sql(
    insert into programme_set_up_finished (programme_id, at, finished_by) values ($1, $2, $3)
    on conflict (programme_id) do nothing
  )sql",
            {programme.text, iso(write.now()), acted_by(write)});
  write.about(programme.text);
}

SetupState setup_state(db::Read& read, const Id<Programme>& programme) {
  SetupState state;
  state.named = read.number(R"sql(
    select count(*) from programme where id = $1 and name <> ''
  )sql",
                            {programme.text}) > 0;
  state.has_organisation = read.number(R"sql(
    select count(*) from organisation where programme_id = $1
  )sql",
                                       {programme.text}) > 0;
  state.has_service = read.number(R"sql(
    select count(*) from service where programme_id = $1
  )sql",
                                  {programme.text}) > 0;
  const auto accounts = read.number(R"sql(
    select count(*) from account where programme_id = $1
  )sql",
                                    {programme.text});
  const auto invited = read.number(R"sql(
    select count(*) from account_invitation where programme_id = $1
      and not exists (select 1 from account_invitation_ended where account_invitation_ended.invitation_id = account_invitation.id)
  )sql",
                                   {programme.text});
  state.has_others = accounts > 1 || invited > 0;
  state.has_administrator = somebody_holds(read, programme, Role::administrator);
  return state;
}

}  // namespace cairn::accounts

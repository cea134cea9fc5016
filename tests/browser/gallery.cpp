// SPDX-License-Identifier: Apache-2.0
// Writes pages that show every part and chart, with made-up words, for looking at and for tests/browser/gallery.mjs.
//
// Usage: gallery FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>

#include "web/charts.hpp"
#include "web/components.hpp"
#include "web/layout.hpp"
#include "web/qr.hpp"

namespace {

using namespace cairn;
using namespace cairn::web;
using cairn::web::link;  // not the one of POSIX

const Language& english() {
  static const Language language = Language::from_embedded("en");
  return language;
}

Request request_of(std::vector<Link> navigation, bool signed_in) {
  Request request;
  request.language = &english();
  request.today = Date{2026, 11, 20};
  request.frame = {.programme = "Riverside peer support",
                   .person = signed_in ? "Morgan" : "",
                   .navigation = std::move(navigation),
                   .demonstration = false};
  if (signed_in)
    request.signed_in =
        SignedIn{.actor = Actor::anyone(), .session_id = "s", .display_name = "Morgan", .forgery_token = "token"};
  return request;
}

std::vector<Link> menu(std::string_view current) {
  std::vector<Link> links;
  for (const auto* label : {"Today", "Prepare", "People", "Support", "Learn"})
    links.push_back({label, std::string("/") + label, current == label});
  return links;
}

Form form_of(const std::vector<Problem>& problems = {}, Fields sent = {}) {
  return {
      .language = &english(), .sent = sent, .was_sent = !sent.all().empty(), .problems = problems, .token = "token"};
}

ShareBars team_bars() {
  return {
      .words = {.id = "teams",
                .title = "Teams on their way",
                .description = "Five teams and how much of their preparation is done."},
      .rows = {
          {"Heron ward", 4, 5}, {"Oak Street", 5, 5}, {"Crisis house", 2, 4}, {"Lantern", 1, 5}, {"Quayside", 0, 5}}};
}

PageContent today() {
  const auto waiting = row_list({
      {.title = "Choose a match for two people",
       .why = "Waiting 9 days. Each has two possible workers, with reasons.",
       .beside = link_button("Look at both", "/matches")},
      {.title = "Heron ward: the team meeting has no actions yet",
       .why = "Held Tuesday 10 November. 14 hopes and 9 fears are grouped; three need an answer.",
       .beside = link_button("Finish it", "/workshop", Button::second)},
      {.title = "An ending in two weeks",
       .why = "One relationship reaches its agreed review on Friday 4 December. The ending plan is half written.",
       .beside = link_button("Open the plan", "/ending", Button::second)},
      {.title = "Supervision has not happened for six weeks",
       .why = "One arrangement, agreed every four weeks. The supervisor is away; no cover is named.",
       .beside = link_button("Name cover", "/cover", Button::second)},
  });
  const auto theirs = row_list({
      {.title = "Occupational health · adjustments for a new worker",
       .why = "Asked Monday 16 November. You will see the adjustment, never the reason.",
       .beside = tag_mark("Their turn", Tone::waiting)},
      {.title = "Board paper · comments from the sponsor",
       .why = "Sent Thursday 12 November",
       .beside = tag_mark("Their turn", Tone::waiting)},
  });
  const auto aside =
      heading(2, "The programme") + panel(share_bars(english(), team_bars())) +
      note("Two peers start on Monday.", paragraph("Their mentor has the first-week plan. Say hello on Wednesday?"));
  return {
      .title = "Today",
      .main = columns(heading("Good morning, Morgan") + lead("Four things are waiting for you. Nothing is on fire.") +
                          waiting + heading(2, "Waiting for someone else") + theirs,
                      aside),
      .wide = true};
}

ChoiceField happening(int number) {
  return {.name = "a" + std::to_string(number),
          .label = "Is this happening here?",
          .options = {{"yes", "Yes"}, {"partly", "Partly"}, {"no", "No"}, {"dk", "Don’t know"}, {"nr", "Not relevant"}},
          .chosen = number == 9 ? std::vector<std::string>{"partly"} : std::vector<std::string>{},
          .shape = Shape::pills};
}

ChoiceField matters(int number) {
  return {.name = "b" + std::to_string(number),
          .label = "How much does it matter to you?",
          .options = {{"4", "Extremely"}, {"3", "Quite"}, {"2", "Not very"}, {"1", "Not at all"}, {"dk", "Don’t know"}},
          .chosen = number == 9 ? std::vector<std::string>{"3"} : std::vector<std::string>{},
          .shape = Shape::pills};
}

PageContent phone() {
  const auto form = form_of();
  const auto item = [&](int number, const std::string& words) {
    return fieldset(std::to_string(number) + ". " + words,
                    radios(form, happening(number)) + radios(form, matters(number)));
  };
  const auto body = item(9, "Everyone here means the same thing by “peer support worker”.") +
                    item(10, "The peer role is clearly different from the other jobs in the team.") +
                    button("Save and go on");
  return {
      .title = "What happens here?",
      .main = progress("Part 2 of 6 · What people expect of the role", 2, 6) + heading("What happens here?") +
              paragraph(text("There are no right answers. Skip anything. ") + tag("strong", {}, "We save as you go.")) +
              post_form(form, "/answer", body) +
              privacy("Nobody here can see who said what. Groups of fewer than five are never shown.")};
}

PriorityChart priorities() {
  PriorityChart chart{
      .words = {.id = "priorities",
                .title = "Forty statements",
                .description = "Three statements matter a good deal and are not yet in place: 4.4, 1.8 and 2.1."},
      .points = {{"4.4", "Colleagues are trained", 23, 37, "/4.4"},
                 {"1.8", "Ways to move up", 38, 35, "/1.8"},
                 {"2.1", "Shared understanding", 15, 34, "/2.1"}}};
  const std::pair<int, int> others[] = {{27, 26}, {33, 24}, {44, 27}, {55, 23}, {58, 28}, {65, 31}, {68, 34},
                                        {72, 29}, {78, 35}, {81, 33}, {85, 37}, {89, 35}, {93, 36}, {96, 33}};
  int number = 1;
  for (const auto& [percent, mean] : others)
    chart.points.push_back({"5." + std::to_string(number++), "Another statement of the list", percent, mean});
  chart.points.push_back({"6.1", "Answered by too few", std::nullopt, std::nullopt});
  return chart;
}

PriorityChart crowded() {
  auto chart = priorities();
  chart.words.id = "crowded";
  chart.words.title = "Many things that matter at once";
  for (int i = 0; i < 12; ++i)
    chart.points.push_back(
        {"7." + std::to_string(i + 1), "A statement with rather a long name", 20 + (i * 7) % 25, 32 + (i * 3) % 7});
  chart.points.push_back({"8.1", "At the very corner", 0, 40});
  chart.points.push_back({"8.2", "At the other corner", 100, 10});
  return chart;
}

PageContent compare() {
  const auto first =
      panel("2.1 Shared understanding",
            stat("9 of 58", "Managers say it is in place; peers say it is not. 9 of 58 put it in their top three.") +
                paragraph(link("Read what people said", "/2.1")));
  const auto second = panel("4.4 Colleagues are trained",
                            paragraph("Matters more here (3.7) than in the 2014 study’s partnerships (3.4).") +
                                paragraph(link("Ideas that worked elsewhere", "/4.4")));
  return {
      .title = "What matters, and what is missing",
      .main =
          heading("What matters, and what is missing") +
          lead("58 people answered. The higher a statement stands, the more it matters; the further left, the less it "
               "is in place.") +
          columns(panel(priority_chart(english(), priorities())),
                  heading(2, "Three to talk about") + first + second +
                      note(paragraph("Numbers like these point to a conversation. They prove nothing by themselves."))),
      .trail = {{"Autumn 2026", "/studies/1"}, {"Oak Street and Heron ward", "", true}},
      .wide = true};
}

PageContent plan() {
  const auto rows = row_list({
      {.title = "The very first signs",
       .below = paragraph("I go quiet and start skipping lunch.") +
                shared_with(english(), {{"Sam, my supervisor"}, "until 1 March", "Change", "/1"})},
      {.title = "What helps then",
       .below = paragraph("Ask me out for ten minutes of air. Don’t ask if I’m all right in front of people.") +
                shared_with(english(), {{"Sam", "Ade and Lou, team"}, "until 1 March", "Change", "/2"})},
      {.title = "What has happened before",
       .below = paragraph("• • •") + shared_with(english(), {{}, "", "Share with someone", "/3"})},
      {.title = "Not with these people", .why = "One person. This beats everything else."},
  });
  return {
      .title = "Staying well at work",
      .main =
          paragraph(
              "This is yours. Nobody sees a part unless you choose them, and you can change your mind at any time.") +
          rows +
          note(paragraph(tag("strong", {}, "Who has looked?") +
                         text(" Sam read two parts on Tuesday 17 November, before supervision. ") +
                         link("See all", "/readings"))) +
          button_group({link_button("Add something", "/add"), link("Print chosen parts", "/print")})};
}

PageContent workshop() {
  const auto cards = wall({{"Someone who really knows what the first night on a ward feels like.", Tone::done, "Hope"},
                           {"Will they cope if a patient is in a bad way?", Tone::talk, "Worry"},
                           {"We might talk about people differently.", Tone::done, "Hope"},
                           {"Who do they tell what they hear?", Tone::talk, "Worry"},
                           {"That we lose a support worker post for this.", Tone::talk, "Worry"},
                           {"Patients may tell them what they don’t tell us.", Tone::done, "Hope"},
                           {"Fresh eyes on our routines.", Tone::done, "Hope"},
                           {"I don’t know what I may ask them to do.", Tone::talk, "Worry"},
                           {"What if they used to be our patient?", Tone::talk, "Worry"}});
  return {.title = "What do you hope for? What worries you?",
          .main = columns(heading("What do you hope for? What worries you?") +
                              lead("Nobody can tell whose is whose: cards arrive shuffled, with no time and no name."),
                          join_code("Join on your phone", "4K7P", "13 people are here")) +
                  live("wall", "/workshop/wall", 5, cards) +
                  button_group({button("Group these together"), button("Five more minutes", Button::second),
                                link("No phone? Type a card here", "/card")}),
          .wide = true};
}

PageContent charts() {
  const auto& say = english();
  const std::string few = "Fewer than five people are in this group.";
  const AnswersChart answers{
      .words = {.id = "answers",
                .title = "4.4 Colleagues are trained",
                .description = "Peers mostly say no; managers mostly say yes or partly."},
      .bars = {{"Peer workers", std::array<std::int64_t, 5>{3, 5, 9, 2, 1}},
               {"Managers", std::array<std::int64_t, 5>{8, 4, 1, 0, 0}},
               {"People in the teams where peers work", std::array<std::int64_t, 5>{6, 7, 3, 5, 2}},
               {"Nobody yet", std::array<std::int64_t, 5>{}},
               {"Volunteers", std::nullopt, few},
               {"Sponsors", std::nullopt, few}}};
  const MeansChart means{.words = {.id = "means",
                                   .title = "How much it matters",
                                   .description = "Every group says 3 or more, peers most."},
                         .published = "2014 study",
                         .rows = {{"Peer workers", 38, 34},
                                  {"Managers", 31, 36},
                                  {"People in the teams where peers work", 30, 30},
                                  {"Everyone", 40, 10},
                                  {"Volunteers", std::nullopt, 34, few}}};
  const ChangeChart change{.words = {.id = "change",
                                     .title = "In place, spring and autumn",
                                     .description = "Training rose most; shared understanding fell."},
                           .before = "Spring 2026",
                           .after = "Autumn 2026",
                           .rows = {{"4.4 Colleagues are trained", 23, 61},
                                    {"2.1 Shared understanding", 40, 31},
                                    {"1.8 Ways to move up", 38, 38},
                                    {"1.2 Time for supervision", 50, 54},
                                    {"3.1 New this autumn", std::nullopt, 70},
                                    {"6.1 Answered by too few", std::nullopt, std::nullopt, few}}};
  ShareBars shares = team_bars();
  shares.rows.push_back({"A team that has not begun to count at all", 0, 0});
  shares.rows.push_back({"A hidden one", std::nullopt, std::nullopt, few});
  return {.title = "Charts",
          .main = panel(answers_chart(say, answers)) + panel(means_chart(say, means)) +
                  panel(change_chart(say, change)) + panel(share_bars(say, shares)) +
                  panel(priority_chart(say, crowded()))};
}

PageContent parts() {
  const auto& say = english();
  const auto main =
      banner(say, Banner::done, paragraph("The meeting is written down. Three people have something to do.")) +
      tabs("Views of this study", {{"Questions", "/q", true}, {"Answers", "/a"}, {"Report", "/r"}}) +
      lead("Every part, once.") + privacy("Only totals, never names") +
      summary_list({{"Name", text("Autumn 2026"), "Change", "/name"},
                    {"Opens", text(say.day(Date{2026, 11, 24})), "Change", "/opens"},
                    {"Answers so far", text("58")}}) +
      heading(2, "Getting ready") +
      task_list({{.title = "Name an advisory group", .path = "/1", .status = "Done", .tone = Tone::done},
                 {.title = "Talk to the first team",
                  .path = "/2",
                  .hint = "One hour, in their own room",
                  .status = "Your turn",
                  .tone = Tone::yours},
                 {.title = "Adjustments", .path = "/3", .status = "Their turn", .tone = Tone::waiting},
                 {.title = "Two answers differ", .path = "/4", .status = "Talk about it", .tone = Tone::talk},
                 {.title = "My plan", .path = "/5", .status = "Only me", .tone = Tone::personal},
                 {.title = "Write the advert", .status = "Later", .tone = Tone::plain}}) +
      table({.caption = "Answers by group",
             .columns = {{"Group"}, {"People", Column::number}, {"Mean", Column::number}},
             .rows = {{text("Peer workers"), text("20"), text("3.8")}, {text("Managers"), text("13"), text("3.1")}}}) +
      table({.caption = "A wide table",
             .columns = {{"Statement"},
                         {"Peers", Column::number},
                         {"Managers", Column::number},
                         {"Team", Column::number},
                         {"Sponsors", Column::number},
                         {"Everyone", Column::number}},
             .rows = {{text("4.4 Colleagues are trained before a peer joins them"), text("3.8"), text("3.1"),
                       text("3.0"), text("not shown"), text("3.4")}},
             .fold = Fold::scroll}) +
      quotation("Nobody had told them who I was.\nI spent the first week explaining.",
                "A peer worker, community team") +
      details("Why we ask", paragraph("So that each team hears it from you, not from a list.")) +
      attention("Two answers are far apart",
                paragraph("Peers say no, managers say yes. Talk about it before the next step.")) +
      do_dont_list("Do", {"say who you are", "leave when you need to"}, "Don’t",
                   {"promise to keep every secret", "stand in for staff"}) +
      empty_state({"Nobody has been invited yet.",
                   "For example: eight peers, five managers and the team of Heron ward.",
                   link_button("Invite the first group", "/invite")}) +
      bullets(std::vector<std::string>{"One point", "Another point"}) +
      qr_code("https://cairn.example/r/4f9c2a7e51d08b36", "A code that opens the form of Heron ward") +
      pagination(say, 4, 12, [](std::int64_t n) { return "/list?page=" + std::to_string(n); }) +
      button_group({print_button(say), button("Stop the study", Button::warning)}) +
      quiet("Kept for two years, then erased.");
  return {.title = "All parts", .main = main, .trail = {{"Learn", "/learn"}, {"Autumn 2026", "/studies/1"}}};
}

PageContent fields(bool with_problems) {
  std::vector<Problem> problems;
  Fields sent;
  if (with_problems) {
    for (const auto* field : {"title", "email", "opens", "who", "groups", "team", "story", "secret", "file", ""})
      problems.push_back({field, "select.choose"});
    sent.add("title", "<b>Autumn</b> & \"winter\"");
    sent.add("who", "team");
    sent.add("opens-day", "31");
    sent.add("opens-month", "2");
    sent.add("story", "\nIt began with an empty line.");
  }
  const auto form = form_of(problems, sent);
  const auto inner =
      text_input(form, {.name = "title", .label = "What is it called?", .hint = "As people will see it"}) +
      text_input(form, {.name = "email",
                        .label = "E-mail address",
                        .kind = InputKind::email,
                        .autocomplete = "email",
                        .need = Need::optional}) +
      text_input(
          form,
          {.name = "hours", .label = "Hours a week", .kind = InputKind::whole_number, .width = 4, .suffix = "hours"}) +
      text_input(
          form,
          {.name = "code", .label = "Six digits from your phone", .kind = InputKind::one_time_code, .width = 10}) +
      date_input(form, {.name = "opens",
                        .label = "When does it open?",
                        .hint = "For example, 24 11 2026",
                        .value = Date{2026, 11, 24}}) +
      radios(form, {.name = "who",
                    .label = "Who can answer?",
                    .options = {{"team", "The team", "Everyone on the rota"},
                                {"all", "Everyone", "",
                                 text_input(form, {.name = "limit", .label = "How many at most?", .width = 4})}},
                    .chosen = {"all"}}) +
      radios(form, {.name = "yesno",
                    .label = "Is anyone missing?",
                    .options = {{"yes", "Yes"}, {"no", "No"}},
                    .shape = Shape::row}) +
      checkboxes(form, {.name = "groups",
                        .label = "Which groups?",
                        .options = {{"peer", "Peer workers"}, {"manager", "Managers"}},
                        .chosen = {"peer"}}) +
      checkboxes(form, {.name = "top",
                        .label = "The three that matter most",
                        .options = {{"1", "Training"}, {"2", "Time to talk"}, {"3", "Pay"}},
                        .chosen = {"2"},
                        .shape = Shape::pills}) +
      select(form,
             {.name = "team", .label = "Which team?", .options = {{"heron", "Heron ward"}, {"oak", "Oak Street"}}}) +
      textarea(form, {.name = "story", .label = "What happened?", .longest = 500}) +
      password_input(form, {.name = "secret", .label = "Password"}) +
      file_input(form, {.name = "file", .label = "Answers from paper", .accept = ".csv"}) +
      button_group({button("Save and go on"), link("Not now", "/")});
  return {.title = with_problems ? "Fields with problems" : "Fields",
          .main = error_summary(english(), problems) + heading(with_problems ? "Fields with problems" : "Fields") +
                  post_form(form, "/fields", inner, Carries::files),
          .has_problems = with_problems};
}

void write(const std::filesystem::path& path, const Request& request, const PageContent& page) {
  std::ofstream(path) << layout(request, page).bytes();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "Usage: gallery FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  write(folder / "today.html", request_of(menu("Today"), true), today());
  write(folder / "compare.html", request_of(menu("Learn"), true), compare());
  write(folder / "phone.html", request_of({}, false), phone());
  write(folder / "plan.html", request_of({}, true), plan());
  write(folder / "workshop.html", request_of({}, true), workshop());
  write(folder / "charts.html", request_of(menu("Learn"), true), charts());
  auto demonstration = request_of(menu("People"), true);
  demonstration.frame.demonstration = true;
  write(folder / "parts.html", demonstration, parts());
  write(folder / "fields.html", request_of({}, false), fields(false));
  write(folder / "problems.html", request_of({}, false), fields(true));
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "web/components.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <stdexcept>

#include "web/layout.hpp"

namespace cairn::web {
namespace {

const Language& say() {
  static const Language language = Language::from_embedded("en");
  return language;
}

bool has(const Html& html, const std::string& what) {
  return html.bytes().find(what) != std::string::npos;
}

std::set<std::string> all(const std::string& where, const char* pattern) {
  std::set<std::string> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator it(where.begin(), where.end(), expression), end; it != end; ++it) found.insert((*it)[1]);
  return found;
}

Form empty_form() {
  return {.language = &say(), .token = "t0ken"};
}

// Sent with `fields`, and something wrong with each field of `wrong`.
Form sent_form(const std::vector<std::pair<std::string, std::string>>& fields, const std::vector<std::string>& wrong) {
  Form form = empty_form();
  form.was_sent = true;
  for (const auto& [name, value] : fields) form.sent.add(name, value);
  for (const auto& field : wrong) form.problems.push_back({field, "problems.title"});
  return form;
}

ChoiceField choice(Shape shape = Shape::list) {
  return {.name = "who",
          .label = "Who?",
          .hint = "Choose",
          .options = {{"a", "Aye", "first"}, {"b", "Bee", "", paragraph("More")}},
          .chosen = {"a"},
          .shape = shape};
}

// Every kind of field, drawn from one form.
std::vector<Html> every_field(const Form& form) {
  return {text_input(form, {.name = "who", .label = "Name", .hint = "Yours", .suffix = "hours", .longest = 40}),
          textarea(form, {.name = "who", .label = "Story", .hint = "Short"}),
          textarea(form, {.name = "who", .label = "Story", .longest = 1200}),
          password_input(form, {.name = "who", .label = "Password", .hint = "Long"}),
          file_input(form, {.name = "who", .label = "File", .accept = ".csv"}),
          radios(form, choice()),
          radios(form, choice(Shape::row)),
          radios(form, choice(Shape::pills)),
          checkboxes(form, choice()),
          select(form, choice()),
          date_input(form, {.name = "who", .label = "When?", .hint = "A day", .value = Date{2026, 3, 3}})};
}

TEST(Fields, HaveALabelForEveryInputAndDescriptionsThatExist) {
  for (const auto& form : {empty_form(), sent_form({{"who", "b"}}, {"who"})})
    for (const auto& field : every_field(form)) {
      const auto& html = field.bytes();
      const auto ids = all(html, R"rx( id="([^"]+)")rx");
      const auto labels = all(html, R"rx(<label[^>]* for="([^"]+)")rx");
      const auto inputs = all(html, R"rx(<(?:input|textarea|select)[^>]* id="([^"]+)")rx");
      EXPECT_EQ(labels, inputs) << html;
      EXPECT_TRUE(ids.contains("who")) << "the error summary leads to #who: " << html;
      for (const auto& described : all(html, R"rx(aria-describedby="([^"]+)")rx")) {
        std::istringstream words(described);
        for (std::string id; words >> id;) EXPECT_TRUE(ids.contains(id)) << id << " in " << html;
      }
    }
}

TEST(Fields, SayTheirProblemsBesideThem) {
  for (const auto& field : every_field(sent_form({}, {"who"}))) {
    EXPECT_TRUE(has(field, "nhsuk-form-group--error"));
    EXPECT_TRUE(has(field, "Something needs another look"));
    EXPECT_TRUE(has(field, "id=\"who-error\""));
  }
  for (const auto& field : every_field(sent_form({}, {"other"}))) EXPECT_FALSE(has(field, "error"));
}

TEST(Fields, ComeBackAsTheyWereTyped) {
  const auto form = sent_form({{"who", "  <b>\"a\" & b  "}}, {});
  EXPECT_TRUE(has(text_input(form, {.name = "who", .label = "Name", .value = "before"}),
                  "value=\"  &lt;b&gt;&quot;a&quot; &amp; b  \""));
  EXPECT_TRUE(has(textarea(form, {.name = "who", .label = "Name"}), ">\n  &lt;b&gt;"));
  EXPECT_FALSE(has(password_input(form, {.name = "who", .label = "Password"}), "value="));
}

TEST(Fields, ShowTheStoredValueUntilTheyAreSent) {
  EXPECT_TRUE(has(text_input(empty_form(), {.name = "who", .label = "Name", .value = "before"}), "value=\"before\""));
  EXPECT_TRUE(has(text_input(sent_form({}, {}), {.name = "who", .label = "Name", .value = "before"}), "value=\"\""));
  EXPECT_TRUE(
      has(date_input(empty_form(), {.name = "d", .label = "When?", .value = Date{2026, 3, 4}}), "value=\"2026\""));
}

TEST(Choices, KeepWhatWasChosen) {
  EXPECT_TRUE(has(radios(empty_form(), choice()), "value=\"a\" checked"));
  EXPECT_TRUE(has(radios(sent_form({{"who", "b"}}, {}), choice()), "value=\"b\" checked"));
  EXPECT_FALSE(has(radios(sent_form({}, {}), choice()), "checked"));
  const auto both = checkboxes(sent_form({{"who", "a"}, {"who", "b"}}, {}), choice());
  EXPECT_TRUE(has(both, "value=\"a\" checked") && has(both, "value=\"b\" checked"));
  EXPECT_TRUE(has(select(sent_form({{"who", "b"}}, {}), choice()), "value=\"b\" selected"));
}

TEST(Choices, OfferNothingChosenInAListToPickFrom) {
  auto field = choice();
  EXPECT_FALSE(has(select(empty_form(), field), "<option value=\"\">"));
  field.chosen = {};
  EXPECT_TRUE(has(select(empty_form(), field), "<option value=\"\">Choose one</option>"));
  field.chosen = {"a"};
  field.need = Need::optional;
  EXPECT_TRUE(has(select(empty_form(), field), "<option value=\"\">"));
}

TEST(OptionalFields, SaySo) {
  EXPECT_TRUE(has(text_input(empty_form(), {.name = "n", .label = "Name", .need = Need::optional}),
                  "Name (you can leave this out)"));
}

TEST(SentDate, IsADayOfTheCalendarOrNothing) {
  const auto fields = [](const char* day, const char* month, const char* year) {
    Fields all_three;
    all_three.add("d-day", day);
    all_three.add("d-month", month);
    all_three.add("d-year", year);
    return all_three;
  };
  EXPECT_EQ(sent_date(fields(" 3", "03", "2026"), "d"), (Date{2026, 3, 3}));
  EXPECT_EQ(sent_date(fields("29", "2", "2024"), "d"), (Date{2024, 2, 29}));
  for (const auto& wrong :
       {fields("29", "2", "2026"), fields("31", "4", "2026"), fields("0", "1", "2026"), fields("1", "13", "2026"),
        fields("1", "1", "26"), fields("", "1", "2026"), fields("1", "March", "2026"),
        fields("99999999999999999999", "1", "2026"), fields("-1", "1", "2026"), Fields{}})
    EXPECT_EQ(sent_date(wrong, "d"), std::nullopt);
  EXPECT_TRUE(no_date(fields("", " ", ""), "d"));
  EXPECT_TRUE(no_date(Fields{}, "d"));
  EXPECT_FALSE(no_date(fields("", "", "2026"), "d"));
}

TEST(Forms, CarryTheForgeryTokenWhereThereIsOne) {
  EXPECT_TRUE(has(post_form(empty_form(), "/x", Html()), R"(<input type="hidden" name="_token" value="t0ken">)"));
  EXPECT_TRUE(has(act_form(empty_form(), "/x", button("Go")), R"(name="_token" value="t0ken")"));
  auto visitor = empty_form();
  visitor.token.clear();
  EXPECT_FALSE(has(post_form(visitor, "/x", Html()), "_token"));
  EXPECT_FALSE(has(get_form("/x", Html()), "_token"));
}

TEST(Forms, SendFilesInPartsOnlyWhereAsked) {
  EXPECT_TRUE(has(post_form(empty_form(), "/x", Html(), Carries::files), "multipart/form-data"));
  EXPECT_FALSE(has(post_form(empty_form(), "/x", Html()), "enctype"));
}

TEST(Forms, AreMadeFromARequest) {
  Request request;
  request.language = &say();
  request.form.add("who", "typed");
  EXPECT_FALSE(Form::of(request).was_sent);
  request.method = Method::post;
  request.signed_in =
      SignedIn{.actor = Actor::anyone(), .session_id = "s", .display_name = "Sam", .forgery_token = "tok"};
  const auto form = Form::of(request, {{"who", "problems.title"}});
  EXPECT_EQ(form.value("who", "stored"), "typed");
  EXPECT_EQ(form.token, "tok");
  EXPECT_EQ(form.messages("who").size(), 1U);
  EXPECT_TRUE(form.messages("").empty());
}

TEST(ErrorSummary, LeadsToEachFieldAndIsAbsentWithoutProblems) {
  EXPECT_TRUE(error_summary(say(), {}).empty());
  const auto summary = error_summary(say(), {{"title", "select.choose"}, {"", "problems.title"}});
  EXPECT_TRUE(has(summary, "<a href=\"#title\">Choose one</a>"));
  EXPECT_TRUE(has(summary, "<li>Something needs another look</li>"));
}

TEST(RowList, DrawsNothingForNoRows) {
  EXPECT_TRUE(row_list({}).empty());
}

TEST(RowList, SaysWhatWhyAndTheAct) {
  const auto rows = row_list(
      {{.title = "A <match>", .path = "/m", .why = "Nine days", .beside = link_button("Look", "/m", Button::second)}});
  EXPECT_TRUE(has(rows, "<a href=\"/m\">A &lt;match&gt;</a>"));
  EXPECT_TRUE(has(rows, "Nine days"));
  EXPECT_TRUE(has(rows, "nhsuk-button--secondary"));
}

TEST(Table, HasACaptionScopesAndAlignedNumbers) {
  const auto drawn = table(
      {.caption = "Means", .columns = {{"Group"}, {"Mean", Column::number}}, .rows = {{text("Peers"), text("3.8")}}});
  EXPECT_TRUE(has(drawn, "<caption class=\"nhsuk-table__caption\">Means</caption>"));
  EXPECT_TRUE(has(drawn, "scope=\"col\""));
  EXPECT_TRUE(has(drawn, "scope=\"row\""));
  EXPECT_TRUE(has(drawn, "nhsuk-table__cell--numeric"));
}

TEST(Table, RefusesARowOfAnotherLength) {
  EXPECT_THROW(table({.caption = "x", .columns = {{"a"}, {"b"}}, .rows = {{text("1")}}}), std::logic_error);
}

TEST(Table, ScrollsInsideARegionOfItsOwnWhenWide) {
  const auto drawn = table({.caption = "Wide", .columns = {{"a"}}, .fold = Fold::scroll});
  EXPECT_TRUE(has(drawn, R"(role="region" aria-label="Wide" tabindex="0")"));
}

TEST(Stat, SetsTheFigureInBoldWhereverItStands) {
  EXPECT_EQ(stat("9", "9 of 9 <all>").bytes(),
            "<p class=\"cairn-stat\"><strong>9</strong> of <strong>9</strong> &lt;all&gt;</p>");
  EXPECT_EQ(stat("", "none").bytes(), "<p class=\"cairn-stat\">none</p>");
}

TEST(Sharing, NamesItsReadersOrSaysOnlyMe) {
  EXPECT_TRUE(has(
      shared_with(say(), {.readers = {"Sam"}, .until = "until 1 March", .change_label = "Change", .change_path = "/c"}),
      "Sam"));
  EXPECT_TRUE(has(shared_with(say(), {}), "Only me"));
}

TEST(Pagination, ShowsEndsAndNeighbours) {
  const auto path = [](std::int64_t page) { return "/l?page=" + std::to_string(page); };
  EXPECT_TRUE(pagination(say(), 1, 1, path).empty());
  EXPECT_TRUE(pagination(say(), 1, 0, path).empty());
  const auto middle = pagination(say(), 5, 10, path);
  EXPECT_EQ(all(middle.bytes(), R"rx(aria-label="Page ([0-9]+)")rx"),
            (std::set<std::string>{"1", "4", "5", "6", "10"}));
  EXPECT_TRUE(has(middle, "rel=\"prev\"") && has(middle, "rel=\"next\""));
  EXPECT_FALSE(has(pagination(say(), 1, 2, path), "rel=\"prev\""));
  EXPECT_FALSE(has(pagination(say(), 2, 2, path), "rel=\"next\""));
}

TEST(Progress, StaysWithinItsEnds) {
  EXPECT_TRUE(has(progress("Part 9 of 6", 9, 6), "max=\"6\" value=\"6\""));
  EXPECT_TRUE(has(progress("Part 0 of 0", -1, 0), "max=\"1\" value=\"0\""));
}

TEST(Headings, HaveALevelOfOneToFour) {
  EXPECT_TRUE(has(heading(2, "Words", "here"), "<h2 class=\"nhsuk-heading-m\" id=\"here\">"));
  EXPECT_THROW(heading(0, "x"), std::logic_error);
  EXPECT_THROW(heading(5, "x"), std::logic_error);
}

Request request_of(bool signed_in) {
  Request request;
  request.language = &say();
  request.today = Date{2026, 11, 20};
  request.frame.programme = "Riverside <peers>";
  request.frame.navigation = {{"Today", "/", true}, {"Learn", "/learn"}};
  if (signed_in) {
    request.frame.person = "Morgan";
    request.signed_in =
        SignedIn{.actor = Actor::anyone(), .session_id = "s", .display_name = "Morgan", .forgery_token = "tok"};
  }
  return request;
}

TEST(Layout, CarriesNothingInline) {
  const auto page = layout(request_of(true), {.title = "T", .main = paragraph("x")});
  EXPECT_FALSE(has(page, " style="));
  EXPECT_FALSE(has(page, "<style"));
  EXPECT_FALSE(std::regex_search(page.bytes(), std::regex(R"rx(<script(?![^>]* src=))rx")));
  EXPECT_FALSE(std::regex_search(page.bytes(), std::regex(R"rx( on[a-z]+=)rx")));
  EXPECT_FALSE(has(page, "http://") || has(page, "https://"));
}

TEST(Layout, HasLanguageTitleSkipLinkAndOneHeading) {
  const auto page = layout(request_of(true), {.title = "Two & three", .main = paragraph("x")}).bytes();
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_NE(page.find("<title>Two &amp; three · Riverside &lt;peers&gt;</title>"), std::string::npos);
  EXPECT_NE(page.find("href=\"#maincontent\""), std::string::npos);
  EXPECT_NE(page.find("id=\"maincontent\""), std::string::npos);
  EXPECT_EQ(all(page, R"rx(<h1[^>]*>([^<]+))rx"), (std::set<std::string>{"Two &amp; three"}));
  const auto own = layout(request_of(true), {.title = "Window", .main = heading("Page")}).bytes();
  EXPECT_EQ(all(own, R"rx(<h1[^>]*>([^<]+))rx"), (std::set<std::string>{"Page"}));
}

TEST(Layout, SaysInTheTitleThatSomethingIsWrong) {
  EXPECT_TRUE(has(layout(request_of(true), {.title = "T", .main = {}, .has_problems = true}), "<title>Error: T"));
}

TEST(Layout, LetsWhoIsSignedInSignOutWithTheToken) {
  const auto page = layout(request_of(true), {.title = "T", .main = {}});
  EXPECT_TRUE(has(page, R"(<form method="post" action="/sign-out"><input type="hidden" name="_token" value="tok">)"));
  const auto visitor = layout(request_of(false), {.title = "T", .main = {}});
  EXPECT_FALSE(has(visitor, "/sign-out"));
  EXPECT_FALSE(has(visitor, "cairn-time-warning"));
}

TEST(Layout, WarnsThoseWhoOnlyAdministerSooner) {
  auto request = request_of(true);
  EXPECT_TRUE(has(layout(request, {.title = "T", .main = {}}), "data-after-seconds=\"1680\""));
  request.actor.roles = {{.role = Role::administrator, .reach = {}, .from = {}, .until = {}}};
  EXPECT_TRUE(has(layout(request, {.title = "T", .main = {}}), "data-after-seconds=\"780\""));
}

TEST(Layout, MarksADemonstration) {
  auto request = request_of(true);
  EXPECT_FALSE(has(layout(request, {.title = "T", .main = {}}), "made-up programme"));
  request.frame.demonstration = true;
  EXPECT_TRUE(has(layout(request, {.title = "T", .main = {}}), "made-up programme"));
}

TEST(Layout, PrintsWhoseSheetItIsAndWhoPrintedIt) {
  EXPECT_TRUE(
      has(layout(request_of(true), {.title = "T", .main = {}}), "Printed by Morgan on Friday 20 November 2026"));
  EXPECT_FALSE(has(layout(request_of(false), {.title = "T", .main = {}}), "Printed by"));
}

TEST(MainPart, BringsItsTitleToHtmxOnly) {
  auto request = request_of(true);
  EXPECT_FALSE(has(main_part(request, {.title = "T", .main = {}}), "<title>"));
  request.is_htmx = true;
  EXPECT_TRUE(main_part(request, {.title = "T", .main = {}}).bytes().starts_with("<title>T"));
  EXPECT_FALSE(has(main_part(request, {.title = "T", .main = {}}), "<html"));
}

TEST(Layout, SaysNothingThatDidNotGoThroughTheTexts) {
  static const auto false_language = Language::from_embedded("zz");
  auto request = request_of(true);
  request.language = &false_language;
  request.frame.navigation.clear();
  request.frame.programme = "9";
  request.frame.person = "9";
  const auto page = layout(request, {.title = "9", .main = {}}).bytes();
  const auto body = page.substr(page.find("<body"));
  const auto words =
      std::regex_replace(std::regex_replace(body, std::regex("<[^>]*>"), " "), std::regex(R"rx(\[!!.*?!!\])rx"), "");
  EXPECT_FALSE(std::regex_search(words, std::regex("[A-Za-z]{2}"))) << words;
}

}  // namespace
}  // namespace cairn::web

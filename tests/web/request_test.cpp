// SPDX-License-Identifier: Apache-2.0
#include "web/request.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "web/components_fields.hpp"
#include "web/form.hpp"
#include "web/session_cookie.hpp"

namespace cairn::web {
namespace {

using namespace std::string_literals;

std::string shown(const std::optional<Fields>& fields) {
  if (!fields) return "refused";
  std::string text;
  for (const auto& [name, value] : fields->all()) text += name + "=" + value + ";";
  return text;
}

TEST(Fields, GiveTheFirstTrimmedAllAndNothing) {
  Fields fields;
  fields.add("a", " one \n");
  fields.add("a", "two");
  fields.add("b", "");
  EXPECT_EQ(fields.value("a"), "one");
  EXPECT_EQ(fields.find("a"), " one \n");
  EXPECT_EQ(fields.values("a"), (std::vector<std::string>{" one \n", "two"}));
  EXPECT_EQ(fields.value("c"), "");
  EXPECT_EQ(fields.find("b"), "");
  EXPECT_EQ(fields.find("c"), std::nullopt);
}

TEST(Form, ReadsQueries) {
  EXPECT_EQ(shown(fields_from_query("")), "");
  EXPECT_EQ(shown(fields_from_query("a=1&b=%C3%A9+x&a=2")), "a=1;b=é x;a=2;");
  EXPECT_EQ(shown(fields_from_query("a&=x&&b=c=d")), "a=;=x;b=c=d;");
  for (const auto* bad : {"a=%", "a=%1", "a=%g1", "%zz=1", "a=%00", "a=%C3", "a=%ED%A0%80", "a=%C0%AF"}) {
    EXPECT_EQ(shown(fields_from_query(bad)), "refused") << bad;
  }
  std::string thousand = "a";
  for (int i = 1; i < 1000; ++i) thousand += "&a";
  EXPECT_TRUE(fields_from_query(thousand));
  EXPECT_FALSE(fields_from_query(thousand + "&a"));
}

TEST(Form, DecodesPathsThatMeanOneThing) {
  EXPECT_EQ(decoded_path("/"), "/");
  EXPECT_EQ(decoded_path("/a+b/%C3%A9%20/..."), "/a+b/é /...");
  EXPECT_EQ(decoded_path("/%25"), "/%");
  for (const auto* bad : {"", "a", "/..", "/a/..", "/./a", "/%2e", "/%2e%2E/", "/%2f", "/%5C", "/\\", "/%00", "/%1f",
                          "/%7f", "/%", "/%c0%af"}) {
    EXPECT_EQ(decoded_path(bad), std::nullopt) << bad;
  }
}

TEST(Form, EncodesWhatItDecodes) {
  const std::string odd = "a b&c=d/e?f#g%h+ié\"";
  EXPECT_EQ(percent_encoded(odd), "a%20b%26c%3Dd%2Fe%3Ff%23g%25h%2Bi%C3%A9%22");
  EXPECT_EQ(percent_decoded(percent_encoded(odd), Plus::space), odd);
}

TEST(Form, ReadsJsonObjectsAsFields) {
  EXPECT_EQ(shown(fields_from_json(R"({"a":"x","b":7,"c":-1.50,"d":true,"e":null,"f":["p",2],"g":{"h":1},"i":[[1]]})")),
            "a=x;b=7;c=-1.50;d=true;f=p;f=2;");
  EXPECT_EQ(shown(fields_from_json("{}")), "");
  EXPECT_EQ(shown(fields_from_json(R"({"g":{"x":"y"},"a":"z","l":[{"a":1},{"a":2}]})")), "a=z;");
  const auto deep = [](int levels) {
    return "{\"a\":" + std::string(static_cast<std::size_t>(levels - 1), '[') +
           std::string(static_cast<std::size_t>(levels - 1), ']') + "}";
  };
  EXPECT_EQ(shown(fields_from_json(deep(32))), "");
  EXPECT_EQ(shown(fields_from_json(deep(33))), "refused");
  for (const auto& bad : {""s, "["s, "[]"s, "1"s, "\"x\""s, "null"s, "true"s, "{} {}"s, "{\"a\":1,}"s,
                          "{\"a\":1,\"a\":1}"s, "{\"g\":{\"a\":1,\"a\":1}}"s, "{\"a\":\"\\u0000\"}"s,
                          "{\"\\u0000\":1}"s, "{\"a\":\"\xff\"}"s, "{\"a\":\"\\ud800\"}"s, "{\"a\":NaN}"s, "{/**/}"s}) {
    EXPECT_EQ(shown(fields_from_json(bad)), "refused") << bad;
  }
  std::string many = "{\"a\":[0";
  for (int i = 1; i < 1000; ++i) many += ",0";
  EXPECT_TRUE(fields_from_json(many + "]}"));
  EXPECT_FALSE(fields_from_json(many + ",0]}"));
}

TEST(Form, PrefersJsonOnlyWhereAsked) {
  for (const auto* json : {"application/json", "Application/JSON; charset=utf-8", "text/html;q=0.5, application/json",
                           "application/json;q=0.9,text/html;q=0.8"}) {
    EXPECT_TRUE(prefers_json(json)) << json;
  }
  for (const auto* page : {"", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json, text/html",
                           "application/json;q=0", "application/json;q=x", "application/jsonp", "application/*"}) {
    EXPECT_FALSE(prefers_json(page)) << page;
  }
}

TEST(Request, TakesOnlyWhatCanBeAnIdForOne) {
  struct Study {};
  Request request;
  request.parameters = {
      {"study", "0190-abc_D.7"}, {"empty", ""}, {"long", std::string(65, 'a')}, {"odd", "a b"}, {"tag", "<a>"}};
  EXPECT_EQ(request.id<Study>("study").text, "0190-abc_D.7");
  for (const auto* bad : {"empty", "long", "odd", "tag"}) EXPECT_THROW(request.id<Study>(bad), NotFound) << bad;
  EXPECT_THROW(request.id<Study>("misspelt"), std::logic_error);
}

TEST(Request, TakesOnlyAnIdOfItsOwnShapeForAFormSentOnce) {
  struct Step {};
  const auto with = [](const std::string& value) {
    Request request;
    request.form.add("_once", value);
    return request;
  };
  EXPECT_EQ(with("0190abcd-0123-7000-8000-00000000000f").once<Step>().text, "0190abcd-0123-7000-8000-00000000000f");
  EXPECT_TRUE(Request().once<Step>().empty());
  EXPECT_TRUE(with("").once<Step>().empty());
  for (const auto* bad : {"new", "0190abcd-0123-7000-8000-00000000000F", "0190abcd-0123-7000-8000-00000000000",
                          "0190abcd-0123-7000-8000-00000000000f0", "0190abcd0123-7000-8000-00000000000ff", "../../x"})
    EXPECT_THROW(with(bad).once<Step>(), Conflict) << bad;
}

TEST(Request, AFormComesBackWithTheIdItBrought) {
  Request asked;
  const auto fresh = Form::of(asked).once;
  EXPECT_EQ(fresh.size(), 36U);
  EXPECT_NE(Form::of(asked).once, fresh);
  asked.method = Method::post;
  asked.form.add("_once", fresh);
  EXPECT_EQ(Form::of(asked).once, fresh);
  EXPECT_EQ(once_field(Form::of(asked)).bytes(), "<input type=\"hidden\" name=\"_once\" value=\"" + fresh + "\">");
}

TEST(SessionCookie, IsReadOnlyWhenItIsPlain) {
  EXPECT_EQ(session_token("__Host-cairn=abc-_9"), "abc-_9");
  EXPECT_EQ(session_token("a=b; __Host-cairn=abc;c=d"), "abc");
  EXPECT_EQ(session_token("__Host-cairn=abc; __Host-cairn=abc"), "abc");
  const auto long_one = "__Host-cairn=" + std::string(129, 'a');
  for (const auto& bad :
       {""s, "cairn=abc"s, "__Host-cairn="s, "__Host-cairn"s, "__Host-cairn=a b"s, "__Host-cairn=\"abc\""s,
        "__Host-cairn=abc; __Host-cairn=abd"s, "__Host-cairn=abc; __Host-cairn="s, long_one}) {
    EXPECT_EQ(session_token(bad), "") << bad;
  }
}

TEST(SessionCookie, IsNotMixedUpWithTheDevices) {
  const auto both = "__Host-cairn-device=phone; __Host-cairn=me";
  EXPECT_EQ(cookie_value(both, session_cookie_name), "me");
  EXPECT_EQ(cookie_value(both, device_cookie_name), "phone");
  EXPECT_EQ(cookie_value("__Host-cairn=me", device_cookie_name), "");
}

}  // namespace
}  // namespace cairn::web

// SPDX-License-Identifier: Apache-2.0
#include "instruments/redaction.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <random>

#include "instruments/store_redaction.hpp"

namespace cairn::instruments {
namespace {

const RedactionWords& words() {
  static const RedactionWords carried = redaction_words(content::Library::open(""));
  return carried;
}

const Redaction& redaction() {
  static const Redaction made(
      words(),
      {"Robin Marsh", "Sam Field", "Aoife O'Brien", "Ashby Fenn", "Will Baker", "Robert Kowalczyk", "Corrin Vale",
       "Zainab Hussein", "Kwame Asante", "Siân Llewellyn", "Jo March", "Grace Young"},
      {"Willow Ward", "Mill Lane Community Team", "Open Door for the Somali community", "Larkmoor NHS Trust",
       "Stepping Stones", "Home Treatment Team"});
  return made;
}

std::string marked(std::string_view text) {
  return struck_out(text, redaction().suggestions(text),
                    [](Telling why) { return "[" + std::string(code(why)) + "]"; });
}

struct Case {
  std::string_view text;
  std::string_view marked;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const auto& one : cases) EXPECT_EQ(marked(one.text), one.marked);
}

TEST(Redaction, FindsWhatHasAFormOfItsOwn) {
  expect_all({
      {"Write to sam.field@larkmoor.example today", "Write to [email] today"},
      {"I live at M13 9PL.", "I live at [postcode]."},
      {"postcode sw1a1aa, near the river", "postcode [postcode], near the river"},
      {"Ring 0161 496 0000 or 07700 900123", "Ring [phone] or [phone]"},
      {"Ring (020) 7946 0018, +44 7700 900 123 or +44 (0)161 496 0000", "Ring [phone], [phone] or [phone]"},
      {"I am on ext. 4521 or bleep 318", "I am on [phone] or [phone]"},
      {"My number is 943 476 5919.", "My number is [nhs_number]."},
      {"NHS number: 943 476 5910", "[nhs_number]"},
      {"Born 3 March 1984, so", "Born [date], so"},
      {"on 03/04/1984 and 1984-04-03 and 3.4.84", "on [date] and [date] and [date]"},
      {"on the 3rd of March, 1984", "on the [date]"},
      {"March 3, 1984 was", "[date] was"},
      {"I was born in 1984", "I was [date]"},
  });
}

TEST(Redaction, LeavesOrdinaryNumbersAlone) {
  for (const auto* text :
       {"We met 24/7 and 1/2 of us came", "Order 943 476 5910 came", "3 of 12 said so in 2019", "about 20 to 30 people",
        "It took 1,000 hours", "room 14 at 10.30", "in May 2024 we began", "the A1 and the M25", "it cost 2500 pounds"})
    EXPECT_EQ(marked(text), text);
}

TEST(Redaction, FindsNamesHoweverTheyAreSpokenOf) {
  expect_all({
      {"Robin Marsh helped me", "[name] helped me"},
      {"I told sam field about it", "I told [name] about it"},
      {"bob was kind", "[name] was kind"},
      {"Rob’s door is open", "[name]’s door is open"},
      {"Aoife and O'Brien's team", "[name] and [name]'s team"},
      {"Dr Patel and Nurse Joy came", "[name] and [name] came"},
      {"Dr. Achebe said", "[name] said"},
      {"a colleague called Tolvanen", "a colleague called [name]"},
      {"my name is Xanthe", "my name is [name]"},
      {"with Karen Whitfield-Jones there", "with [name] there"},
      {"Siân always listens", "[name] always listens"},
      {"Will said he would", "[name] said he would"},
      {"I asked Will for help", "I asked [name] for help"},
      {"Grace Young helped", "[name] helped"},
  });
}

TEST(Redaction, LeavesWordsThatAreAlsoNamesAlone) {
  for (const auto* text :
       {"Will you be there?", "May is a hard month", "Mark my words", "I hope it works, and the rose garden helps",
        "We work in the field all day", "a young man and a baker", "Peer Workers and the NHS", "On Monday I rang HR",
        "The team will grant us more time", "I am a Muslim and a Somali speaker"})
    EXPECT_EQ(marked(text), text);
}

TEST(Redaction, FindsPlaces) {
  expect_all({
      {"on Willow Ward", "on [place]"},
      {"on willow ward at night", "on [place] at night"},
      {"Willow is loud", "Willow is loud"},
      {"nights on Willow are loud", "nights on [place] are loud"},
      {"the Open Door team", "the [place] team"},
      {"Stepping Stones helped", "[place] helped"},
      {"at Rowan Ward and at St Mary's Hospital", "at [place] and at [place]"},
      {"near 12 Mill Lane", "near 12 [place]"},
      {"every ward is busy and the home treatment team is small",
       "every ward is busy and the home treatment team is small"},
      {"the Home Treatment Team", "the [place]"},
  });
}

TEST(Redaction, SaysWhatToReadTwice) {
  EXPECT_EQ(redaction().read_twice("I was the only one who stayed, and the first to ask."),
            (std::vector<std::string>{"the only", "the first", "only one"}));
  EXPECT_TRUE(redaction().read_twice("We only meet on Mondays, at first.").empty());
}

TEST(Redaction, KeepsEverythingElseByteForByte) {
  const std::string text = "“Bob” – en fünf, naïve café … \xf0\x9f\x99\x82 ok\n[sic]";
  EXPECT_EQ(marked(text), "“[name]” – en fünf, naïve café … \xf0\x9f\x99\x82 ok\n[sic]");
  EXPECT_EQ(marked(""), "");
}

TEST(Redaction, KnowsTheCheckDigitOfAnNhsNumber) {
  for (const auto* good : {"9434765919", "4010232137", "4505577104"}) EXPECT_TRUE(is_nhs_number(good)) << good;
  for (const auto* bad : {"9434765918", "9434765909", "943476591", "94347659190", "94347a5919"})
    EXPECT_FALSE(is_nhs_number(bad)) << bad;
}

// ---- A corpus of made-up passages, and how much of what tells who somebody is gets pointed out.

// Names of a kind that the lists were not made from: every name here was written down for this test, some of them in no
// list at all.
constexpr std::array<std::string_view, 72> strangers{
    "Sarah",   "Mohammed",  "Priya",    "Tomasz",  "Chidi",    "Bronwen",  "Callum",    "Fatima",  "Wei",
    "Aidan",   "Svetlana",  "Jamal",    "Denise",  "Gurpreet", "Hassan",   "Imogen",    "Kayla",   "Leroy",
    "Maureen", "Nigel",     "Oluwole",  "Pauline", "Quincy",   "Rukhsana", "Shanice",   "Trevor",  "Ursula",
    "Vikram",  "Wendy",     "Yusuf",    "Zofia",   "Bernie",   "Debs",     "Gaz",       "Kath",    "Mandy",
    "Paddy",   "Shaz",      "Trish",    "Vinny",   "Anil",     "Beatrice", "Ceri",      "Dewi",    "Esther",
    "Femi",    "Graham",    "Hodan",    "Ifeoma",  "Jacqui",   "Kemi",     "Lorraine",  "Marcus",  "Nasreen",
    "Owen",    "Precious",  "Rhiannon", "Samir",   "Tariq",    "Uche",     "Vera",      "Winston", "Yvonne",
    "Zainab",  "Agnieszka", "Baljit",   "Cormac",  "Dilys",    "Ezra",     "Fionnuala", "Gethin",  "Hamish"};
constexpr std::array<std::string_view, 24> family_names{
    "Khan",   "Smith",    "O'Connor",  "Adeyemi",   "Nowak",     "Begum",  "Jones",   "Evans",
    "Singh",  "Ali",      "Whitfield", "Mensah",    "Patel",     "Murphy", "Kaur",    "Hughes",
    "Okafor", "McDonald", "Farooqi",   "Robertson", "Chowdhury", "Davies", "Ibrahim", "Taylor"};
constexpr std::array<std::string_view, 12> ours{
    "Robin Marsh", "Sam Field",      "Aoife",        "Ashby Fenn",     "Will Baker", "Bob",
    "Corrin",      "Zainab Hussein", "Kwame Asante", "Siân Llewellyn", "Robert",     "Grace Young"};
constexpr std::array<std::string_view, 7> places{"Willow Ward",       "Mill Lane Community Team", "Open Door",
                                                 "Larkmoor",          "Stepping Stones",          "Rowan Ward",
                                                 "St Anne's Hospital"};
constexpr std::array<std::string_view, 23> openings{"",
                                                    "",
                                                    "Thank you. ",
                                                    "What helped most was that ",
                                                    "I would not be here without ",
                                                    "At first it was hard, but ",
                                                    "In the handover ",
                                                    "Nobody had told us that ",
                                                    "On a bad day ",
                                                    "When I was unwell ",
                                                    "Last spring ",
                                                    "We still need ",
                                                    "It took a year until ",
                                                    "My manager and ",
                                                    "On Mondays ",
                                                    "Every week ",
                                                    "The training was led by ",
                                                    "After the meeting ",
                                                    "I trust ",
                                                    "Because of ",
                                                    "They laughed at ",
                                                    "We were told by ",
                                                    "I spoke with "};
constexpr std::array<std::string_view, 16> endings{" and that made all the difference.",
                                                   " and nobody listened.",
                                                   ", which I will not forget.",
                                                   " so we asked for more time.",
                                                   " while the ward was busy.",
                                                   " and I hope it stays like this.",
                                                   " may be part of the answer.",
                                                   ", and Peer Workers were left out.",
                                                   ". Will it last? May be.",
                                                   ". Mark my words, it will help others.",
                                                   ". We need supervision on Fridays, 24/7 if it were up to me.",
                                                   ". The NHS should pay for it.",
                                                   ". In the field of peer support that is rare.",
                                                   ", 9 times out of 10.",
                                                   ". I am 54 and I have seen 3 managers come and go.",
                                                   ". The team is young and open; the door is always open."};
// Passages with nothing in them that tells who somebody is.
constexpr std::array<std::string_view, 16> plain{
    "Will there be training next year? May or June would suit us.",
    "Mark the date, grant us an hour, and bill nobody.",
    "Hope is what we sell. Joy comes later.",
    "The Peer Worker role is new to the Trust and to the Community Mental Health Team.",
    "Line Managers need to know the Equality Act.",
    "We have 12 hours a week, 3 of them for supervision, since April 2019.",
    "Rose-tinted words do not help. Frank ones do.",
    "On Tuesday and Thursday I am in the Recovery College.",
    "People on a ward need time. A ward round is not time.",
    "I am a Black woman in a White team. That matters.",
    "Our rota said 10.30 to 18.00, so I left at 6.",
    "Dawn shifts are the worst; dusk is better.",
    "Peer support is not therapy, nor a cheap pair of hands.",
    "Why train us and then not let us write in the notes?",
    "If HR had read the policy we would have been paid on time.",
    "Rich or poor, we all wait. Max two weeks, they said."};

struct Gold {
  std::size_t from;
  std::size_t to;
  Telling why;
};
struct Passage {
  std::string text;
  std::vector<Gold> gold;
};

class Writer {
 public:
  Passage passage() {
    Passage made;
    if (roll(5) == 0) {
      made.text = pick(plain);
      return made;
    }
    const auto sentences = 1 + roll(3);
    for (int i = 0; i < sentences; ++i) {
      if (i > 0) made.text += ' ';
      made.text += pick(openings);
      put_one(made);
      made.text += pick(endings);
    }
    return made;
  }

 private:
  int roll(int sides) { return static_cast<int>(random_() % static_cast<unsigned>(sides)); }
  template <std::size_t n>
  std::string pick(const std::array<std::string_view, n>& from) {
    return std::string(from[static_cast<std::size_t>(roll(static_cast<int>(n)))]);
  }
  std::string digits(int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += static_cast<char>('0' + roll(10));
    return all;
  }
  void put(Passage& made, const std::string& value, Telling why) {
    made.gold.push_back({made.text.size(), made.text.size() + value.size(), why});
    made.text += value;
  }

  void put_one(Passage& made) {
    switch (roll(12)) {
      case 0:
        made.text += "my post code, ";
        return put(made, postcode(), Telling::postcode);
      case 1:
        made.text += "a call to ";
        return put(made, phone(), Telling::phone);
      case 2:
        made.text += "a mail from ";
        return put(made,
                   lower_case(pick(strangers)) + (roll(2) != 0 ? "." : "_") + digits(2) + "@" +
                       (roll(2) != 0 ? "nhs.example" : "mail.co.example"),
                   Telling::email);
      case 3:
        made.text += "my number, ";
        return put(made, nhs_number(), Telling::nhs_number);
      case 4:
        made.text += "a birthday, ";
        return put(made, date(), Telling::date);
      case 5:
        made.text += "the people on ";
        return put(made, pick(places), Telling::place);
      default:
        return put_name(made);
    }
  }

  void put_name(Passage& made) {
    switch (roll(8)) {
      case 0:
        return put(made, pick(ours), Telling::name);
      case 1:
        return put(made, lower_case(roll(2) != 0 ? "Bob" : "Kwame"), Telling::name);
      case 2:
        return put(made, std::string(roll(2) != 0 ? "Dr " : "Mrs ") + pick(family_names), Telling::name);
      case 3:
        return put(made, pick(strangers) + " " + pick(family_names), Telling::name);
      case 4:
        put(made, pick(strangers), Telling::name);
        made.text += roll(2) != 0 ? "'s words" : "’s kindness";
        return;
      case 5:
        made.text += "a colleague called ";
        return put(made, pick(family_names), Telling::name);
      default:
        return put(made, pick(strangers), Telling::name);
    }
  }

  std::string postcode() {
    constexpr std::array<std::string_view, 8> areas{"M13", "SW1A", "B1", "LS6", "CF10", "EH3", "SE15", "N1"};
    constexpr std::array<std::string_view, 6> inward{"PL", "AA", "QT", "JD", "SY", "NX"};
    auto made = pick(areas) + (roll(4) != 0 ? " " : "") + digits(1) + pick(inward);
    return roll(4) == 0 ? lower_case(made) : made;
  }
  std::string phone() {
    switch (roll(5)) {
      case 0:
        return "07700 900" + digits(3);
      case 1:
        return "0161 496 0" + digits(3);
      case 2:
        return "+44 7700 900" + digits(3);
      case 3:
        return "(020) 7946 0" + digits(3);
      default:
        return "07700900" + digits(3);
    }
  }
  std::string nhs_number() {
    std::string ten;
    do ten = digits(10);
    while (!is_nhs_number(ten));
    if (roll(2) == 0) return ten;
    return ten.substr(0, 3) + " " + ten.substr(3, 3) + " " + ten.substr(6);
  }
  std::string date() {
    constexpr std::array<std::string_view, 6> months{"January", "March", "May", "Aug", "Sept", "December"};
    const auto day = std::to_string(1 + roll(28));
    const auto year = std::to_string(1940 + roll(65));
    switch (roll(4)) {
      case 0:
        return day + "/" + std::to_string(1 + roll(12)) + "/" + year;
      case 1:
        return day + " " + pick(months) + " " + year;
      case 2:
        return day + "th of " + pick(months) + " " + year;
      default:
        return day + "." + std::to_string(1 + roll(12)) + "." + year.substr(2);
    }
  }
  static std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
  }

  std::mt19937 random_{20260303};
};

struct Tally {
  int there = 0;
  int found = 0;
  double share() const { return there == 0 ? 1 : static_cast<double>(found) / there; }
};

// Recall counts a part as found only where every letter of it is inside what was suggested.
TEST(Redaction, PointsToNearlyAllOfALargeCorpusAndToLittleElse) {
  constexpr int passages = 4000;
  Writer writer;
  Tally structured;
  Tally names;
  Tally where;
  Tally suggested;
  for (int i = 0; i < passages; ++i) {
    const auto passage = writer.passage();
    const auto parts = redaction().suggestions(passage.text);
    for (const auto& gold : passage.gold) {
      auto& tally = gold.why == Telling::name ? names : gold.why == Telling::place ? where : structured;
      const bool found = std::any_of(parts.begin(), parts.end(), [&](const TellingPart& part) {
        return part.from <= gold.from && part.to >= gold.to;
      });
      ++tally.there;
      tally.found += found ? 1 : 0;
    }
    for (const auto& part : parts) {
      ++suggested.there;
      suggested.found += std::any_of(passage.gold.begin(), passage.gold.end(),
                                     [&](const Gold& gold) { return part.from < gold.to && gold.from < part.to; })
                             ? 1
                             : 0;
    }
  }
  std::cout << "structured " << structured.found << "/" << structured.there << ", names " << names.found << "/"
            << names.there << ", places " << where.found << "/" << where.there << ", of what was suggested "
            << suggested.found << "/" << suggested.there << '\n';
  EXPECT_GE(structured.share(), 0.99);
  EXPECT_GE(names.share(), 0.95);
  EXPECT_GE(where.share(), 0.95);
  EXPECT_GE(suggested.share(), 0.85);
}

}  // namespace
}  // namespace cairn::instruments

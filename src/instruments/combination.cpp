// SPDX-License-Identifier: Apache-2.0
#include "instruments/combination.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "instruments/residue.hpp"

// Cells that lie in the same sets count alike in every combination, so they are taken together as a class. A
// combination is a vector over classes, an element of the row space of the sets. The question is for the lightest
// element that is not zero, the weight of an element being the people in the classes where it is not zero: the least
// distance of a linear code.
//
// 1. Classes of `fewest` people or more must be zero in what is sought. Elimination keeps the part of the row space
// that is; mostly
//    nothing is left, and the classes that served as pivots are the proof.
// 2. What is left has dimension d over the small classes. Disjoint sets of classes, on each of which an element is
// determined by its
//    values there (bases), each hold at least one class where it is not zero. When m of them, the lightest class of
//    each taken, weigh `fewest` or more together, there is no light element. Otherwise a light element has at most q =
//    budget / (their weight) classes in one of the bases: with q = 1 it is a row of that basis' form, with q = 2 a
//    combination of two rows.
// 3. With q of 3 or more a search decides class by class whether the element is zero there, within a bounded number of
// steps.

namespace cairn::instruments {
namespace {

using Vector = std::vector<Residue>;

struct Class {
  std::vector<std::size_t> sets;
  CellSet cells;
  std::int64_t people = 0;
};

constexpr std::size_t most_steps = 20'000;

// Heaviest first; ties in an order that does not depend on anything but the input.
std::vector<Class> classes_of(const std::vector<CellSet>& sets, const std::vector<std::int64_t>& people) {
  std::vector<std::vector<std::size_t>> lies_in(people.size());
  for (std::size_t set = 0; set < sets.size(); ++set)
    for (const auto cell : sets[set])
      if (people[cell] > 0) lies_in[cell].push_back(set);
  std::map<std::vector<std::size_t>, std::size_t> known;
  std::vector<Class> classes;
  for (std::size_t cell = 0; cell < people.size(); ++cell) {
    if (lies_in[cell].empty()) continue;
    const auto [at, fresh] = known.try_emplace(lies_in[cell], classes.size());
    if (fresh) classes.push_back({lies_in[cell], {}, 0});
    classes[at->second].cells.push_back(static_cast<std::uint32_t>(cell));
    classes[at->second].people += people[cell];
  }
  std::stable_sort(classes.begin(), classes.end(),
                   [](const Class& one, const Class& other) { return one.people > other.people; });
  return classes;
}

void subtract(Vector& from, const Vector& row, Residue times) {
  for (std::size_t i = 0; i < row.size(); ++i)
    if (!row[i].zero()) from[i] = from[i] - times * row[i];
}

// Rows over the small classes, each followed by how much of each row the search began with it is made of.
class Search {
 public:
  Search(std::vector<Vector> rows, std::vector<std::int64_t> weights, std::int64_t budget)
      : rows_(std::move(rows)), weights_(std::move(weights)), budget_(budget) {}

  struct Outcome {
    Combination::Kind kind = Combination::Kind::none;
    Vector coefficients = {};  // where found: of the rows the search began with
  };
  Outcome run() {
    if (reduce(std::vector<bool>(columns(), true)).empty()) return {};
    const auto forms = bases();
    std::int64_t lightest_together = 0;
    for (const auto& form : forms) lightest_together += form.lightest;
    const std::int64_t q = budget_ / lightest_together;
    if (q == 0) return {};
    for (const auto& form : forms) {
      for (std::size_t one = 0; one < form.rows.size(); ++one) {
        if (weight(form.rows[one]) <= budget_) return found(form.rows[one]);
        for (std::size_t other = one + 1; q > 1 && other < form.rows.size(); ++other)
          if (const auto row = light_sum(form.rows[one], form.rows[other])) return found(*row);
      }
    }
    if (q <= 2) return {};
    const auto row = decide(rows_, 0, 0);
    if (row) return found(*row);
    return {steps_ > most_steps ? Combination::Kind::unknown : Combination::Kind::none};
  }

 private:
  struct Form {
    std::vector<Vector> rows;  // one for each class of the basis: 1 there, 0 at the others of the basis
    std::int64_t lightest = 0;
  };

  std::size_t columns() const { return weights_.size(); }

  std::int64_t weight(const Vector& row) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < columns() && sum <= budget_; ++i)
      if (!row[i].zero()) sum += weights_[i];
    return sum;
  }

  // Brings rows_ into the form of a basis chosen among the free columns, heaviest first, drops rows that are zero on
  // every column when all are free, and returns the basis. Shorter than rows_ where the free columns hold none.
  std::vector<std::size_t> reduce(const std::vector<bool>& free) {
    std::vector<std::size_t> basis;
    for (std::size_t column = 0; column < columns() && basis.size() < rows_.size(); ++column) {
      if (!free[column]) continue;
      std::size_t pivot = basis.size();
      while (pivot < rows_.size() && rows_[pivot][column].zero()) ++pivot;
      if (pivot == rows_.size()) continue;
      std::swap(rows_[basis.size()], rows_[pivot]);
      auto& row = rows_[basis.size()];
      const Residue scale = row[column].inverse();
      for (auto& value : row) value = value * scale;
      for (std::size_t i = 0; i < rows_.size(); ++i)
        if (i != basis.size() && !rows_[i][column].zero()) subtract(rows_[i], row, rows_[i][column]);
      basis.push_back(column);
    }
    if (std::find(free.begin(), free.end(), false) == free.end()) rows_.resize(basis.size());
    return basis;
  }

  std::vector<Form> bases() {
    std::vector<Form> forms;
    std::vector<bool> free(columns(), true);
    std::int64_t together = 0;
    while (together <= budget_) {
      const auto basis = reduce(free);
      if (basis.size() < rows_.size()) break;
      std::int64_t lightest = weights_[basis.front()];
      for (const auto column : basis) {
        free[column] = false;
        lightest = std::min(lightest, weights_[column]);
      }
      forms.push_back({rows_, lightest});
      together += lightest;
    }
    return forms;
  }

  // A sum of both rows, with coefficients that are not zero, that is light enough. Columns where just one row is not
  // zero always count; where both are not, the second row's coefficient cancels some. Those it does not cancel weigh no
  // more than the budget, so it cancels one of any columns that weigh more: few coefficients need trying.
  std::optional<Vector> light_sum(const Vector& one, const Vector& other) const {
    std::int64_t always = 0;
    std::vector<std::size_t> both;
    for (std::size_t i = 0; i < columns(); ++i) {
      if (one[i].zero() && other[i].zero()) continue;
      if (!one[i].zero() && !other[i].zero())
        both.push_back(i);
      else if ((always += weights_[i]) > budget_)
        return {};
    }
    std::int64_t tried = 0;
    for (std::size_t at = 0; at < both.size() && tried <= budget_ - always; ++at) {
      const std::size_t cancelled = both[at];
      tried += weights_[cancelled];
      std::int64_t sum = always;
      for (std::size_t i = 0; i < both.size() && sum <= budget_; ++i)
        if (!(one[both[i]] * other[cancelled] == one[cancelled] * other[both[i]])) sum += weights_[both[i]];
      if (sum <= budget_) return sum_cancelling(one, other, cancelled);
    }
    if (tried <= budget_ - always) return sum_cancelling_nothing(one, other);
    return {};
  }

  static Vector sum_cancelling(const Vector& one, const Vector& other, std::size_t column) {
    Vector sum = one;
    subtract(sum, other, one[column] * other[column].inverse());
    return sum;
  }
  static Vector sum_cancelling_nothing(Vector one, const Vector& other) {
    for (std::size_t i = 0; i < one.size(); ++i) one[i] = one[i] + other[i];
    return one;
  }

  // Looks for a light row among the sums of `rows`, given that the columns before `from` are settled and weigh
  // `counted` where not zero.
  std::optional<Vector> decide(const std::vector<Vector>& rows, std::size_t from, std::int64_t counted) {
    if (rows.empty() || ++steps_ > most_steps) return {};
    if (rows.size() == 1) return weight(rows[0]) <= budget_ ? std::optional(rows[0]) : std::nullopt;
    const auto settled = [&](std::size_t column) {
      return std::all_of(rows.begin(), rows.end(), [&](const Vector& row) { return row[column].zero(); });
    };
    while (from < columns() && settled(from)) ++from;
    if (from == columns()) return rows[0];
    if (auto row = decide(zero_at(rows, from), from + 1, counted)) return row;
    if (counted + weights_[from] > budget_) return {};
    return decide(rows, from + 1, counted + weights_[from]);
  }

  static std::vector<Vector> zero_at(std::vector<Vector> rows, std::size_t column) {
    const auto pivot = std::find_if(rows.begin(), rows.end(), [&](const Vector& row) { return !row[column].zero(); });
    const Vector taken = std::move(*pivot);
    rows.erase(pivot);
    const Residue scale = taken[column].inverse();
    for (auto& row : rows)
      if (!row[column].zero()) subtract(row, taken, row[column] * scale);
    return rows;
  }

  Outcome found(const Vector& row) const {
    return {Combination::Kind::found, Vector(row.begin() + static_cast<std::ptrdiff_t>(columns()), row.end())};
  }

  std::vector<Vector> rows_;
  std::vector<std::int64_t> weights_;
  std::int64_t budget_;
  std::size_t steps_ = 0;
};

Residue value_at(const Vector& coefficients, const Class& column) {
  Residue sum;
  for (const auto set : column.sets) sum = sum + coefficients[set];
  return sum;
}

// Coefficients of the sets whose combinations are zero on the class; `left` loses one row where they were not all zero
// there already.
bool make_zero_on(const Class& column, std::vector<Vector>& left) {
  Vector values;
  for (const auto& row : left) values.push_back(value_at(row, column));
  const auto pivot = std::find_if(values.begin(), values.end(), [](Residue value) { return !value.zero(); });
  if (pivot == values.end()) return false;
  const auto at = static_cast<std::size_t>(pivot - values.begin());
  const Residue scale = pivot->inverse();
  for (std::size_t i = 0; i < left.size(); ++i)
    if (i != at && !values[i].zero()) subtract(left[i], left[at], values[i] * scale);
  left.erase(left.begin() + static_cast<std::ptrdiff_t>(at));
  return true;
}

// What the combinations are on the small classes, those that are not zero on all, followed by a unit vector each. Drops
// the others from `left`, so that both go in step.
std::vector<Vector> rows_on(const std::vector<Class>& small, std::vector<Vector>& left) {
  std::vector<Vector> rows;
  std::vector<Vector> kept;
  for (auto& coefficients : left) {
    Vector row;
    for (const auto& each : small) row.push_back(value_at(coefficients, each));
    if (std::all_of(row.begin(), row.end(), [](Residue value) { return value.zero(); })) continue;
    rows.push_back(std::move(row));
    kept.push_back(std::move(coefficients));
  }
  left = std::move(kept);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].resize(small.size() + rows.size());
    rows[i][small.size() + i] = Residue(1);
  }
  return rows;
}

}  // namespace

Combination small_combination(const std::vector<CellSet>& sets, const std::vector<std::int64_t>& people,
                              std::int64_t fewest) {
  const auto classes = classes_of(sets, people);
  std::vector<Vector> left(sets.size(), Vector(sets.size()));
  for (std::size_t i = 0; i < sets.size(); ++i) left[i][i] = Residue(1);
  std::vector<CellSet> pivots;
  std::size_t at = 0;
  for (; at < classes.size() && classes[at].people >= fewest && !left.empty(); ++at)
    if (make_zero_on(classes[at], left)) pivots.push_back(classes[at].cells);
  while (at < classes.size() && classes[at].people >= fewest) ++at;

  const std::vector<Class> small(classes.begin() + static_cast<std::ptrdiff_t>(at), classes.end());
  std::vector<Vector> rows = rows_on(small, left);
  if (rows.empty()) return {Combination::Kind::none, {}, std::move(pivots)};
  std::vector<std::int64_t> weights;
  for (const auto& each : small) weights.push_back(each.people);
  const auto outcome = Search(std::move(rows), std::move(weights), fewest - 1).run();
  Combination result{outcome.kind, {}};
  for (std::size_t set = 0; set < sets.size() && outcome.kind == Combination::Kind::found; ++set) {
    Residue coefficient;
    for (std::size_t i = 0; i < left.size(); ++i) coefficient = coefficient + outcome.coefficients[i] * left[i][set];
    if (!coefficient.zero()) result.sets.push_back(set);
  }
  return result;
}

}  // namespace cairn::instruments

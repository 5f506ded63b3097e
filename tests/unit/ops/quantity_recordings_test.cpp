// Quantities as recorded from apimachinery (fixtures/quantity/quantity.json).
#include "base/text.h"
#include "ops/quantity.h"
#include "unit/ops/recordings.h"

using namespace isvcc;
using boost::unit_test::data::xrange;

static const test::Recording& recording() {
  static const test::Recording recorded("quantity/quantity.json");
  return recorded;
}

static std::string_view format_name(Quantity::Format format) {
  switch (format) {
    case Quantity::Format::BinarySI: return "BinarySI";
    case Quantity::Format::DecimalExponent: return "DecimalExponent";
    default: return "DecimalSI";
  }
}

static std::string shown(std::optional<int64_t> value) { return value ? cat(*value) : ""; }

// The recorded decimal may have zeros at its end.
static std::string without_end_zeros(std::string decimal) {
  if (contains(decimal, ".")) decimal.erase(decimal.find_last_not_of('0') + 1);
  if (ends_with(decimal, ".")) decimal.pop_back();
  return decimal;
}

BOOST_AUTO_TEST_SUITE(quantity_recordings)

BOOST_DATA_TEST_CASE(a_text_means_what_go_says, xrange(recording()["parse"].size()), i) {
  const View recorded = recording()["parse"].item(i);
  const std::string_view in = recorded["in"].text();
  std::string error;
  const std::optional<Quantity> quantity = Quantity::parse(in, &error);
  BOOST_TEST_CONTEXT(in) {
    // Go writes this one back as "1".
    if (in == "1000E") {
      BOOST_TEST(!quantity);
      return;
    }
    BOOST_TEST(error == recorded["error"].text());
    BOOST_REQUIRE(quantity.has_value() == !recorded["error"]);
    if (!quantity) return;
    BOOST_TEST(quantity->text() == recorded["string"].text());
    BOOST_TEST(quantity->canonical() == recorded["canonical"].text());
    BOOST_TEST(format_name(quantity->format()) == recorded["format"].text());
    BOOST_TEST(quantity->sign() == recorded["sign"].integer().value());
    BOOST_TEST(shown(quantity->value()) == recorded["value"].text());
    BOOST_TEST(shown(quantity->milli_value()) == recorded["milliValue"].text());
    if (recorded["decimal"]) BOOST_TEST(without_end_zeros(quantity->decimal()) == without_end_zeros(std::string(recorded["decimal"].text())));
  }
}

// JSON escapes are undone before isvcc sees a text: the two cases with escapes do not apply.
BOOST_DATA_TEST_CASE(a_json_value_means_what_go_says, xrange(recording()["json"].size()), i) {
  const View recorded = recording()["json"].item(i);
  const std::string in(recorded["in"].text());
  if (contains(in, "\\u")) return;
  Arena arena;
  std::string error;
  // A number keeps its text in Go; here it was read before.
  const bool keeps_text = in == "1e3" || in == "1E3" || in == "1e-3" || in == "100000000000000000000";
  const std::optional<Quantity> quantity = keeps_text ? Quantity::parse(in, &error) : Quantity::parse(View(test::read_json(in, arena)), &error);
  BOOST_TEST_CONTEXT(in) {
    BOOST_TEST(error == recorded["error"].text());
    BOOST_REQUIRE(quantity.has_value() == !recorded["error"]);
    if (quantity) BOOST_TEST(cat('"', quantity->text(), '"') == recorded["out"].text());
  }
}

BOOST_DATA_TEST_CASE(arithmetic_gives_what_go_gives, xrange(recording()["arithmetic"].size()), i) {
  const View recorded = recording()["arithmetic"].item(i);
  const Quantity a = Quantity::parse(recorded["a"].text()).value(), b = Quantity::parse(recorded["b"].text()).value();
  BOOST_TEST_CONTEXT(recorded["a"].text() << " and " << recorded["b"].text()) {
    BOOST_TEST(a.compare(b) == recorded["cmp"].integer().value());
    BOOST_TEST(a.plus(b).text() == recorded["sum"].text());
    BOOST_TEST(a.minus(b).text() == recorded["difference"].text());
  }
}

BOOST_AUTO_TEST_SUITE_END()

// Proves: no list makes the reader fall, every line is taken or skipped, and where the list is cut makes no difference.
#include <cstdlib>

#include "indicators/list.hpp"

namespace {

using namespace kula::indicators;

struct Told {
    std::string values;
    ImportReport report;
};

Told read(std::string_view list, std::size_t piece, Layout layout) {
    Told out;
    ListOptions options;
    options.layout = layout;
    ListReader reader(options, [&](Value const& value, Attributes const& attributes) {
        out.values += value.text() + ' ' + std::string(attributes.comment) + '\n';
    });
    for (; !list.empty(); list.remove_prefix(std::min(piece, list.size()))) reader.feed(list.substr(0, piece));
    out.report = reader.finish().value();  // no column is mapped
    return out;
}

void must(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    if (size < 2) return 0;
    std::string const list(bytes + 2, bytes + size);
    auto const layout = static_cast<Layout>(bytes[0] % 3);
    auto const whole = read(list, list.size() + 1, layout);
    auto const cut = read(list, bytes[1] % 61U + 1U, layout);
    must(whole.values == cut.values && whole.report.read == cut.report.read);
    must(whole.report.taken + whole.report.skipped == whole.report.read);
    for (auto const& skipped : whole.report.first_skipped) must(skipped.text.size() <= 200 && !skipped.reason.empty());
    ListOptions options;
    options.most_bytes = 1 << 20;
    (void)read_list(list, options, [](Value const&, Attributes const&) {});
    return 0;
}

// Proves: no warning list makes the loader or a look-up fall, and asking for hits and for any hit agrees.
#include <cstdlib>

#include "indicators/warninglist.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula::indicators;
    std::string json(bytes, bytes + size);
    Warninglists const lists(
        {{"one.json", json}, {"two.json", R"({"name":"two","list":["192.0.2.1","example.org"]})"}});
    for (auto const* text :
         {"192.0.2.1", "192.0.2.0/24", "192.0.2.3-192.0.2.9", "2001:db8::1", "AS64500", "www.example.org",
          "http://example.org/a?b", "http://[2001:db8::1]/", "d41d8cd98f00b204e9800998ecf8427e"}) {
        auto const value = Value::parse(text);
        if (!value || lists.matches(*value).empty() == lists.warns(*value)) std::abort();
    }
    return 0;
}

#include "exit_status.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace kula {

int failed(std::string_view command, std::string_view detail) {
    fmt::print(stderr, "kula {}: {}\n", command, detail);
    return status_failed;
}

}  // namespace kula

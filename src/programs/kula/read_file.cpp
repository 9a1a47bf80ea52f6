#include "read_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace kula {

base::Result<std::string> read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(content << file.rdbuf()))) {
        return base::unavailable(path + ": " + std::strerror(errno));
    }
    return std::move(content).str();
}

}  // namespace kula

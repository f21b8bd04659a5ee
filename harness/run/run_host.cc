#include "run/run_host.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <string_view>

namespace conform {
namespace {

/// How each CI server's variables make up the address: `${NAME}` stands for a variable.
constexpr std::array<std::string_view, 9> kCiAddresses = {
    "${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}",
    "${CI_JOB_URL}",  // GitLab
    "${SYSTEM_COLLECTIONURI}${SYSTEM_TEAMPROJECT}/_build/results?buildId=${BUILD_BUILDID}",
    "${BUILD_URL}",  // Jenkins
    "${CIRCLE_BUILD_URL}",
    "${BUILDKITE_BUILD_URL}",
    "${DRONE_BUILD_LINK}",
    "${TRAVIS_BUILD_WEB_URL}",
    "${CI_PIPELINE_URL}",  // Woodpecker
};

/// Empty where a variable is not set.
std::string FillIn(std::string_view pattern, const Environment& environment) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t start = pattern.find("${");
    text += pattern.substr(0, start);
    if (start == std::string_view::npos) break;
    const std::size_t end = pattern.find('}', start);
    const auto value = environment(pattern.substr(start + 2, end - start - 2));
    if (!value || value->empty()) return "";
    text += *value;
    pattern.remove_prefix(end + 1);
  }
  return text;
}

}  // namespace

Environment ProcessEnvironment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

std::string HostName() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string TimeZoneOffset(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  const long minutes = local.tm_gmtoff / 60;
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::labs(minutes) / 60,
                     std::labs(minutes) % 60);
}

std::string CiRunAddress(const Environment& environment) {
  for (const std::string_view pattern : kCiAddresses) {
    if (std::string address = FillIn(pattern, environment); !address.empty()) return address;
  }
  return "";
}

}  // namespace conform

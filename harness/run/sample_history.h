// A project whose history lies in it, for tests of the built program.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "run/sample_project.h"

namespace conform {

/// A project whose history lies in it, and a mock on one port that may change its ways.
class HistoryProgramTest : public testing::Test {
 protected:
  ProgramResult Conform(std::vector<std::string> arguments,
                        std::vector<std::string> variables = {}) const {
    variables.push_back("XDG_STATE_HOME=" + (project_.folder() / "state").string());
    return project_.Conform(std::move(arguments), std::move(variables));
  }
  ProgramResult Watch(const std::vector<std::string>& faults,
                      std::vector<std::string> more = {}) const {
    const SampleMock mock(project_, faults);
    more.insert(more.begin(), {"watch", "--base-url", mock.address()});
    return Conform(std::move(more));
  }
  ProgramResult RunOn(const std::vector<std::string>& faults,
                      std::vector<std::string> more = {}) const {
    const SampleMock mock(project_, faults);
    more.insert(more.begin(), {"run", "--base-url", mock.address()});
    return Conform(std::move(more));
  }

  SampleProject project_;
};

}  // namespace conform

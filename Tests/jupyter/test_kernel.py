"""The official conformance tests of Jupyter kernels, against the installed kernelspec."""

import os

import jupyter_kernel_test

KERNEL = os.environ.get("FLAMBEAU_KERNEL", "flambeau")


class FlambeauTests(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "swift"
    file_extension = ".swift"
    code_hello_world = 'print("hello, world")'
    code_stderr = (
        "import Foundation\n"
        'FileHandle.standardError.write("to stderr\\n".data(using: .utf8)!)'
    )
    completion_samples = [
        {"text": "let text = \"a\"; text.hasPre", "matches": ["hasPrefix"]},
        {"text": "precond", "matches": ["precondition", "preconditionFailure"]},
    ]
    complete_code_samples = ["1 + 1", "let x = 3", "func f() -> Int { 1 }", 'print("hello")']
    incomplete_code_samples = ["func f() {", "let a = [1,", "if 1 < 2 {\n    print(1)"]
    invalid_code_samples = ["let = 3", "func 3() {}", "}"]
    code_page_something = "?print"
    code_generate_error = 'fatalError("on purpose")'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2, 3].map { $0 * $0 }", "result": "[1, 4, 9]"},
        {"code": "1 + 41", "result": "42"},
        {"code": '"a" + "b"', "mime": "text/plain"},
    ]
    code_display_data = [
        {"code": "display(1)", "mime": "text/plain"},
        {"code": 'display(html: "<b>bold</b>")', "mime": "text/html"},
    ]
    code_history_pattern = "1 + 4?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "print"
    code_clear_output = "clearOutput()"


class FlambeauWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True

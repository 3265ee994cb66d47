import pytest

from harness import FrontEnd, KernelProcess


@pytest.fixture(scope="session")
def shared_kernel():
    """A kernel that the tests share; none of them ends it."""
    kernel = KernelProcess()
    yield kernel
    kernel.kill()


@pytest.fixture
def client(shared_kernel):
    front_end = FrontEnd(shared_kernel)
    yield front_end
    front_end.close()


@pytest.fixture
def launch():
    """Starts kernels of one's own, with options, and a client for each."""
    running = []

    def start(**options):
        kernel = KernelProcess(**options)
        running.append(kernel)
        front_end = FrontEnd(kernel)
        running.append(front_end)
        return kernel, front_end

    yield start
    for thing in reversed(running):
        thing.kill() if isinstance(thing, KernelProcess) else thing.close()

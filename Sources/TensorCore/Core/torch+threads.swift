import CKernels

extension torch {
    /// How many threads share the work of one operator. At first `FLAMBEAU_NUM_THREADS` or
    /// `OMP_NUM_THREADS`, or the number of cores that the process may use.
    public static func getNumThreads() -> Int { Int(ck_thread_count()) }

    /// Sets how many threads share the work of one operator.
    public static func setNumThreads(_ count: Int) {
        check(count > 0, "set_num_threads expects a positive integer")
        ck_set_thread_count(Int32(clamping: count))
    }
}

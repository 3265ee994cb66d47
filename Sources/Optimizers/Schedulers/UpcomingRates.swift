extension optim.lrScheduler.LRScheduler {
    /// The learning rates of this epoch and of those to come, one for each group: what `step()` will set. Changes
    /// nothing.
    ///
    /// - Parameter count: how many epochs. The list is shorter where the schedule ends, and has the present
    ///   rates alone where the next ones depend on what is measured (`ReduceLROnPlateau`).
    public func upcomingLrs(_ count: Int) -> [[Double]] {
        let (saved, groups, taken) = (stateDict(), optimizer.paramGroups.map(\.options), optimizer.stepsTaken)
        defer {
            for (group, options) in zip(optimizer.paramGroups, groups) { group.options = options }
            optimizer.stepsTaken = taken
            // Its own state is of the right kinds.
            try! loadStateDict(saved)
        }
        // A schedule without steps of the optimizer would be warned of.
        optimizer.stepsTaken = max(taken, 1)
        var rates = [currentLr]
        for _ in 0..<max(0, min(count - 1, predictableSteps ?? .max)) {
            step()
            rates.append(currentLr)
        }
        return rates
    }
}

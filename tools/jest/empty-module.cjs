// Stands in for style sheets and pictures, which Jest cannot read.
module.exports = {};
